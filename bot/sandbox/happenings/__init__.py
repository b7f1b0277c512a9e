"""What people and the app do: each happening changes the workspace and tells the app of it."""
