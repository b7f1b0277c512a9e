"""The page of the sandbox: the workspace in a browser, for anybody who wants to try the bot."""
