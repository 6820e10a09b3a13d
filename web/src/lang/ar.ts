/** The sentences of one language; a file of their own in the build, fetched only where they are read. */
import notes from "../../../locales/ar/notes.ftl?raw";
import web from "../../../locales/ar/web.ftl?raw";

export default [web, notes];
