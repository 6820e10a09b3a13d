/** The sentences of one language; a file of their own in the build, fetched only where they are read. */
import notes from "../../../locales/en/notes.ftl?raw";
import web from "../../../locales/en/web.ftl?raw";

export default [web, notes];
