// What each kind of field holds, as Slack writes it in `state.values`: {selected_option: {…}}, {value: "…"} and so on.

const KEYS = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
};

/** Whether this element holds a value (a button does not). */
export function isField(element) {
  return element?.type in KEYS;
}

/** The key under which `state.values` keeps what this kind of element holds. */
export function keyOf(element) {
  return KEYS[element.type][0];
}

/** What the field holds before anybody touches it, as an entry of `state.values` without its type. */
export function initialOf(element) {
  const [key, initial] = KEYS[element.type];
  return { [key]: element[initial] ?? (holdsList(key) ? [] : null) };
}

/** Whether an entry holds nothing. */
export function isEmpty(element, entry) {
  const value = entry?.[keyOf(element)];
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function holdsList(key) {
  return key.endsWith("s") && key !== "rich_text_value";
}

/** Every field of some blocks: [{block, element}]. */
export function fieldsOf(blocks) {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...(block.type === "actions" ? block.elements ?? [] : [])]
      .filter(isField)
      .map((element) => ({ block, element })),
  );
}
