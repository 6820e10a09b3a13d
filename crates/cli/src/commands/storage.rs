//! `kith storage`, `free` and `pause`: what is kept on this device, room made of it, and files that stand still for a while.

use super::file::{choose, row, size};
use super::{Session, ask, find};
use crate::args::{Free, Pause, Storage as StorageArgs};
use crate::output::{Form, Outcome, print_words};
use crate::terminal;
use crate::text::{text, text_with, text_with_count, visible};
use kith_api::{Freed, Kept, Message, Request, Storage};

/// Shows what each app keeps, the largest first.
pub(super) fn storage(session: &Session, args: StorageArgs) -> Outcome {
    let storage: Storage = session.ask(Request::Storage { contact: args.contact })?;
    if session.form == Form::Json {
        return storage.apps.iter().try_for_each(|kept| session.form.print(kept, |_| String::new()));
    }
    print_words(&table(&storage.apps))?;
    storage.room_bytes.map_or(Ok(()), |room| print_words(&text_with("storage-room", &[("size", size(room))])))
}

/// Sizes under their headings; names last, as they are as wide as they like.
fn table(apps: &[Kept]) -> String {
    let mut rows = vec![(headings(), String::new())];
    rows.extend(apps.iter().map(|kept| (sizes(kept), visible(&kept.name))));
    let mut widths = [0; 6];
    for (cells, _) in &rows {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |(cells, name): &([String; 6], String)| {
        let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        format!("{}  {name}", cells.join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn headings() -> [String; 6] {
    ["storage-all", "storage-messages", "storage-sent", "storage-came", "storage-partly", "storage-other"].map(text)
}

fn sizes(kept: &Kept) -> [String; 6] {
    let files = [kept.sent, kept.came, kept.partly, kept.other].map(|files| files.bytes);
    let [sent, came, partly, other] = files;
    [kept.bytes, kept.vault_bytes, sent, came, partly, other].map(size)
}

/// Removes the bytes of what came. A person at a terminal hears what that means and is asked; a script means what it says.
pub(super) fn free(session: &Session, args: &Free) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    let file = args.file.as_ref().map(|file| choose(&mut client, &contact.contact, file)).transpose()?;
    let asks = session.form == Form::Plain && !args.yes && terminal::is_attended();
    if asks {
        let name = ("name", visible(&contact.name));
        let question = match file.as_ref().and_then(|message| message.file.as_ref()) {
            Some(file) => text_with("free-ask-one", &[name, ("file", visible(&file.name)), ("size", size(file.size))]),
            None => {
                let request = Request::Storage { contact: Some(contact.contact.clone()) };
                let storage: Storage = ask(&mut client, request)?;
                let came = storage.apps.first().map(|kept| kept.came).unwrap_or_default();
                text_with_count("free-ask", &[name, ("size", size(came.bytes))], came.files.into())
            }
        };
        if !terminal::confirm(&question)? {
            return print_words(&text("unchanged"));
        }
    }
    let event = file.map(|message| message.event);
    let freed: Freed = ask(&mut client, Request::FileFree { contact: Some(contact.contact), event })?;
    session.form.print(&freed, |freed| text_with_count("freed", &[("size", size(freed.bytes))], freed.files.into()))
}

/// Lets a file stand still: one that comes, or one that is given.
pub(super) fn pause(session: &Session, args: &Pause) -> Outcome {
    let mut client = session.connect()?;
    let contact = Some(find(&mut client, &args.contact)?.contact);
    let event = choose(&mut client, contact.as_deref().unwrap_or_default(), &args.file)?.event;
    let request = match args.off {
        true => Request::FileGet { contact, event },
        false => Request::FilePause { contact, event },
    };
    let message: Message = ask(&mut client, request)?;
    session.form.print(&message, row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_api::KeptFiles;

    #[test]
    fn sizes_stand_under_their_headings_and_names_at_the_end() {
        let came = KeptFiles { files: 2, bytes: 1_200_000_000 };
        let none = KeptFiles::default();
        let kept = Kept {
            contact: "c".into(),
            name: "Bob".into(),
            vault_bytes: 81_920,
            sent: none,
            came,
            partly: none,
            other: none,
            bytes: 1_200_081_920,
        };
        let shown = table(&[kept]);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].split_whitespace().collect::<Vec<_>>().join(" "), "1.2 GB 82 kB 0 B 1.2 GB 0 B 0 B Bob");
        let ends = |line: &str, words: &str| line.find(words).map(|at| at + words.len());
        assert_eq!(ends(lines[0], &text("storage-messages")), ends(lines[1], "82 kB"));
    }
}
