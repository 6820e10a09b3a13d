/** Why something was not done, in one language; fetched when something first is not. */
import errors from "../../../locales/ar/errors.ftl?raw";

export default errors;
