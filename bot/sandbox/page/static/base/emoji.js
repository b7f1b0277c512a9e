// Emoji by the names that Slack gives them: the ones people use most, and a picker for them.

import { h, icon } from "./ui.js";
import { moveInMenu, popover } from "./popovers.js";

const TABLE = {
  Faces:
    "grinning 😀 smiley 😃 smile 😄 grin 😁 joy 😂 rolling_on_the_floor_laughing 🤣 slightly_smiling_face 🙂 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 hugging_face 🤗 thinking_face 🤔 neutral_face 😐 face_with_rolling_eyes 🙄 smirk 😏 relieved 😌 pensive 😔 sleeping 😴 tired_face 😫 cry 😢 sob 😭 angry 😠 worried 😟 confused 😕 open_mouth 😮 astonished 😲 flushed 😳 scream 😱 sunglasses 😎 star-struck 🤩 face_with_thermometer 🤒 mask 😷 sweat_smile 😅 upside_down_face 🙃 zipper_mouth_face 🤐 shushing_face 🤫 saluting_face 🫡 melting_face 🫠 partying_face 🥳",
  Hands:
    "+1 👍 -1 👎 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 ok_hand 👌 handshake 🤝 muscle 💪 point_up ☝️ point_right 👉 point_left 👈 point_down 👇 v ✌️ crossed_fingers 🤞 raised_hand ✋ writing_hand ✍️ eyes 👀 ear 👂 speaking_head_in_silhouette 🗣️ busts_in_silhouette 👥 bust_in_silhouette 👤 people_hugging 🫂",
  Signs:
    "white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_plus_sign ➕ question ❓ exclamation ❗ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 information_source ℹ️ hourglass ⌛ hourglass_flowing_sand ⏳ 100 💯 zzz 💤 repeat 🔁 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ leftwards_arrow_with_hook ↩️ large_green_circle 🟢 large_yellow_circle 🟡 red_circle 🔴 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ small_blue_diamond 🔹 link 🔗 mag 🔍 sparkles ✨ star ⭐ star2 🌟 fire 🔥 zap ⚡ boom 💥 question_mark ❔ speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ black_square_for_stop ⏹️ double_vertical_bar ⏸️ arrow_forward ▶️",
  Things:
    "microphone 🎤 studio_microphone 🎙️ headphones 🎧 ear_with_hearing_aid 🦻 loud_sound 🔊 mute 🔇 speaker 🔈 bell 🔔 mega 📣 loudspeaker 📢 telephone_receiver 📞 iphone 📱 computer 💻 email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 page_facing_up 📄 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 books 📚 book 📖 bookmark 🔖 calendar 📆 date 📅 spiral_calendar_pad 🗓️ clock1 🕐 alarm_clock ⏰ stopwatch ⏱️ bulb 💡 lock 🔒 unlock 🔓 key 🔑 wrench 🔧 gear ⚙️ hammer_and_wrench 🛠️ toolbox 🧰 package 📦 wastebasket 🗑️ chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 balance_scale ⚖️ shield 🛡️ compass 🧭 world_map 🗺️ hospital 🏥 stethoscope 🩺 pill 💊 syringe 💉 ambulance 🚑 house 🏠 office 🏢 trophy 🏆 gift 🎁 tada 🎉 confetti_ball 🎊 balloon 🎈 birthday 🎂 rocket 🚀 robot_face 🤖 movie_camera 🎥 camera 📷 newspaper 📰 ticket 🎫 scroll 📜 art 🎨 musical_note 🎵 thread 🧵 jigsaw 🧩 ladder 🪜 bridge_at_night 🌉",
  Nature:
    "heart ❤️ yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ rainbow 🌈 snowflake ❄️ ocean 🌊 seedling 🌱 herb 🌿 four_leaf_clover 🍀 deciduous_tree 🌳 evergreen_tree 🌲 palm_tree 🌴 cactus 🌵 maple_leaf 🍁 sunflower 🌻 cherry_blossom 🌸 bouquet 💐 rose 🌹 tulip 🌷 earth_africa 🌍 full_moon 🌕 crescent_moon 🌙 dog 🐶 cat 🐱 hatching_chick 🐣 bee 🐝 butterfly 🦋 turtle 🐢 owl 🦉 coffee ☕ tea 🍵 cake 🍰 cookie 🍪 apple 🍎 bread 🍞",
};

const GROUPS = Object.entries(TABLE).map(([title, line]) => {
  const words = line.split(" ");
  return {
    title,
    emoji: words.filter((_, place) => place % 2 === 0).map((name, place) => ({ name, char: words[place * 2 + 1] })),
  };
});
const BY_NAME = new Map(GROUPS.flatMap((group) => group.emoji.map((one) => [one.name, one.char])));
const ALIASES = {
  thumbsup: "+1",
  thumbsdown: "-1",
  raised_hand_with_fingers_splayed: "raised_hand",
  thinking: "thinking_face",
  simple_smile: "slightly_smiling_face",
  hugs: "hugging_face",
};

/** The character of an emoji's name (without colons; skin tones are left out), or null if it isn't known here. */
export function emojiOf(name) {
  const plain = name.split("::")[0];
  return BY_NAME.get(plain) ?? BY_NAME.get(ALIASES[plain]) ?? null;
}

/** Names and characters that begin with or hold these letters, best first. */
export function findEmoji(letters, most = 8) {
  const wanted = letters.toLocaleLowerCase().replaceAll(" ", "_");
  const all = [...BY_NAME]
    .map(([name, char]) => ({ name, char, at: name.indexOf(wanted) }))
    .filter((one) => one.at >= 0);
  return all.sort((one, other) => Number(one.at > 0) - Number(other.at > 0)).slice(0, most);
}

/** Emoji that the hover bar offers at once. */
export const QUICK = ["white_check_mark", "eyes", "raised_hands"];

/** Let somebody pick an emoji beside `anchor`; `onPick` gets its name. */
export function pickEmoji(anchor, onPick) {
  const grid = h("div", { class: "emoji-grid" });
  const search = h("input", {
    type: "search",
    class: "field",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
    onInput: () => fill(),
  });
  const choose = (name) => {
    box.close();
    onPick(name);
  };
  const fill = () =>
    grid.replaceChildren(
      ...(search.value
        ? [section("Found", findEmoji(search.value, 40), choose)]
        : GROUPS.map((group) => section(group.title, group.emoji, choose))),
    );
  fill();
  const content = h(
    "div",
    { class: "emoji-picker" },
    h("div", { class: "emoji-search" }, icon("search"), search),
    grid,
  );
  content.addEventListener("keydown", (event) => keys(event, search, grid));
  const box = popover(anchor, content, { label: "Pick an emoji" });
  return box;
}

function section(title, list, choose) {
  return h(
    "section",
    {},
    h("h3", {}, list.length ? title : "Nothing like that here"),
    list.map(({ name, char }) =>
      h(
        "button",
        {
          type: "button",
          class: "emoji-button",
          title: `:${name}:`,
          "aria-label": name.replaceAll("_", " "),
          onClick: () => choose(name),
        },
        char,
      ),
    ),
  );
}

function keys(event, search, grid) {
  if (event.target === search) {
    if (event.key === "ArrowDown") moveInMenu(grid, event);
    if (event.key === "Enter") grid.querySelector("button")?.click();
    return;
  }
  const rows = { ArrowRight: "ArrowDown", ArrowLeft: "ArrowUp" };
  const stops = [...grid.querySelectorAll("button")];
  const step = { ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (rows[event.key]) step1(stops, event, rows[event.key] === "ArrowDown" ? 1 : -1);
  else if (step) step1(stops, event, step);
}

function step1(stops, event, by) {
  event.preventDefault();
  const next = stops.indexOf(document.activeElement) + by;
  (stops[next] ?? stops.at(by > 0 ? -1 : 0))?.focus();
}
