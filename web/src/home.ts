import { mount } from "svelte";
import { applyLanguage } from "./lib/l10n";
import { whileLooking, whileUsed } from "./lib/looking";
import Home from "./home/Home.svelte";
import { home } from "./home/state.svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/home.css";
import "./styles/lists.css";

applyLanguage();
mount(Home, { target: document.body });
void home.socket.start();
whileLooking(() => home.socket.call({ method: "status" }));
whileUsed(() => home.socket.call({ method: "active" }));
