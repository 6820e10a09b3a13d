import { mount } from "svelte";
import { applyLanguage } from "./lib/l10n";
import { whileLooking, whileUsed } from "./lib/looking";
import App from "./app/App.svelte";
import { conversation } from "./app/state.svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/lists.css";
import "./styles/conversation.css";

applyLanguage();
mount(App, { target: document.body });
void conversation.socket.start();
whileLooking(() => conversation.socket.call({ method: "contact", params: { contact: null } }));
whileUsed(() => conversation.socket.call({ method: "active" }));
