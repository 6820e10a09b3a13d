/** The emoji of one language with their names; fetched when somebody picks one. */
export { default } from "../../../locales/en/emoji.ftl?raw";
