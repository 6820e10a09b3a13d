/** The emoji of one language with their names; fetched when somebody picks one. */
export { default } from "../../../locales/de/emoji.ftl?raw";
