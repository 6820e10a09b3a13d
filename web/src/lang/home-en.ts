/** What the home page alone says in one language; fetched by that page only. */
import home from "../../../locales/en/home.ftl?raw";

export default [home];
