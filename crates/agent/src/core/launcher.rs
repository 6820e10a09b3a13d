//! Launchers: a contact's app among the programs of this person's desktop.
//!
//! A launcher is a `.desktop` file and an icon in the person's own data folder, made on request. It runs `kith open --start`
//! with the contact's local id: it holds no key and no address, and becomes the agent where none runs. It bears the contact's
//! name, which everybody who reads this user's files can read; so nobody gets one without having asked.
//!
//! - PLACE-010: a launcher holds no secret, and goes with its contact.
//! - PLACE-011: it starts the agent where none runs.

use super::Core;
use super::contacts::gone;
use kith_api::{Error, ErrorKind, Launcher, Side, Word};
use kith_base::ContactId;
use kith_loopback::mark::{self, Ground, Look};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The icon's side; desktops draw it at every size.
const PIXELS: u32 = 256;

impl Core {
    /// Makes the launcher of a contact's app, or takes it away.
    pub(super) fn launcher(&self, id: ContactId, remove: bool) -> Result<Launcher, Error> {
        let files = Files::of(id).ok_or_else(no_folder)?;
        if remove {
            files.remove();
            return Ok(Launcher { path: None });
        }
        self.write_launcher(id, &files).map_err(|error| {
            Error::new(
                ErrorKind::Storage,
                "launcher-unwritable",
                [("file", Word::text(files.desktop.display())), ("why", Word::text(error))],
            )
        })?;
        Ok(Launcher { path: Some(files.desktop.display().to_string()) })
    }

    /// A launcher that is there bears the contact's name.
    pub(super) fn rename_launcher(&self, id: ContactId) {
        if let Some(files) = Files::of(id).filter(|files| files.desktop.exists())
            && let Err(error) = self.write_launcher(id, &files)
        {
            tracing::warn!(%error, "a launcher could not be renamed");
        }
    }

    /// Launchers that another version made, or that run a program of before, are made anew.
    pub(super) fn renew_launchers(&self) {
        for (id, contact) in &self.contacts {
            let Some(files) = Files::of(*id) else { return };
            let Ok(there) = fs::read_to_string(&files.desktop) else { continue };
            if self.entry_of(*id, &contact.row.name, &files).is_ok_and(|entry| entry != there) {
                self.rename_launcher(*id);
            }
        }
    }

    fn entry_of(&self, id: ContactId, name: &str, files: &Files) -> io::Result<String> {
        Ok(entry(name, &env::current_exe()?, &self.folder, id, &files.icon))
    }

    /// PLACE-010
    pub(super) fn remove_launcher(&self, id: ContactId) {
        if let Some(files) = Files::of(id) {
            files.remove();
        }
    }

    fn write_launcher(&self, id: ContactId, files: &Files) -> io::Result<()> {
        let row = &self.contacts.get(&id).ok_or_else(|| io::Error::other(gone()))?.row;
        let side = if row.side == 0 { Side::Inviter } else { Side::Answerer };
        let svg = match (row.mark.as_slice().try_into(), row.mark.as_slice().try_into()) {
            (Ok(mark), _) => mark::svg(&mark, Look::File(Ground::Tile)),
            (_, Ok(half)) => mark::half_file(&half, side),
            _ => mark::home(Ground::Tile),
        };
        let png = mark::png::render(&svg, PIXELS).map_err(|error| io::Error::other(error.to_string()))?;
        write(&files.icon, &png)?;
        write(&files.desktop, self.entry_of(id, &row.name, files)?.as_bytes())
    }
}

/// Where a contact's launcher lies.
struct Files {
    desktop: PathBuf,
    icon: PathBuf,
}

impl Files {
    fn of(id: ContactId) -> Option<Self> {
        let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let data = named("XDG_DATA_HOME").or_else(|| Some(named("HOME")?.join(".local/share")))?;
        Some(Self {
            desktop: data.join(format!("applications/kith-{id}.desktop")),
            icon: data.join(format!("icons/hicolor/{PIXELS}x{PIXELS}/apps/kith-{id}.png")),
        })
    }

    /// What is not there is gone already.
    fn remove(&self) {
        drop(fs::remove_file(&self.desktop));
        drop(fs::remove_file(&self.icon));
    }
}

/// Replaces a file whole; only this user reads it.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    fs::rename(&fresh, path)
}

/// The text of a `.desktop` file (Desktop Entry Specification 1.5).
fn entry(name: &str, program: &Path, home: &Path, id: ContactId, icon: &Path) -> String {
    let (program, home) = (program.display().to_string(), home.display().to_string());
    let id = id.to_string();
    let words = [program.as_str(), "--home", &home, "open", "--start", &id];
    let exec = words.map(quoted);
    format!(
        "[Desktop Entry]\nType=Application\nVersion=1.5\nName={}\nExec={}\nIcon={}\nTerminal=false\n\
         Categories=Network;InstantMessaging;\n",
        escaped(name),
        escaped(&exec.join(" ")),
        escaped(&icon.display().to_string()),
    )
}

/// A word of `Exec`: in quotes, with what a shell or the launcher itself would read as something else escaped.
fn quoted(word: &str) -> String {
    let mut out = String::from('"');
    for c in word.chars() {
        match c {
            '"' | '`' | '$' | '\\' => out.extend(['\\', c]),
            '%' => out.push_str("%%"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value on its line.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn no_folder() -> Error {
    Error::new(ErrorKind::Storage, "launcher-nowhere", [])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_or_path_becomes_another_line_or_command() {
        let id = ContactId::from_bytes([7; 10]);
        let (program, home) = (Path::new("/opt/a b/kith"), Path::new("/home/x\"$(id)`%u\\"));
        let text = entry("Mira\nExec=evil\\", program, home, id, Path::new("/icon.png"));
        assert_eq!(text.lines().filter(|line| line.starts_with("Exec=")).count(), 1);
        assert!(text.contains("Name=Mira\\nExec=evil\\\\\n"), "{text}");
        let exec = format!(
            "Exec=\"/opt/a b/kith\" \"--home\" \"/home/x\\\\\"\\\\$(id)\\\\`%%u\\\\\\\\\" \"open\" \"--start\" \"{id}\"\n"
        );
        assert!(text.contains(&exec), "{text}\n{exec}");
    }
}
