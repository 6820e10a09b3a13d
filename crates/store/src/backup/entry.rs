//! What stands in a backup's chunks: entries, one behind the other (`spec/backup.md`, BAK-004).

use super::BackupError;
use super::container::Opening;
use crate::home::vault_of;
use kith_base::Wall;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use std::io::{self, Read, Write};

/// Longest name of an entry: a folder's, and a blob's in it.
const NAME_MAX: usize = 128;
/// Largest *about*: three small fields, with room for more.
const ABOUT_MAX: u64 = 4096;

/// What an entry is. Numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    End = 0,
    About = 1,
    Vault = 2,
    Blob = 3,
    Registry = 4,
    Key = 5,
}

impl Kind {
    fn of(number: u8) -> Option<Self> {
        [Self::End, Self::About, Self::Vault, Self::Blob, Self::Registry, Self::Key]
            .into_iter()
            .find(|kind| *kind as u8 == number)
    }

    /// Whether an entry of this kind may stand behind one of another.
    fn may_follow(self, before: Option<Self>) -> bool {
        match (before, self) {
            (None, Self::About)
            | (Some(Self::About | Self::Vault | Self::Blob), Self::Vault | Self::Registry)
            | (Some(Self::Vault | Self::Blob), Self::Blob)
            | (Some(Self::Registry), Self::Key)
            | (Some(Self::Key), Self::End) => true,
            (_, Self::End | Self::About | Self::Vault | Self::Blob | Self::Registry | Self::Key) => false,
        }
    }
}

/// What stands before the bytes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) length: u64,
}

impl Entry {
    pub(super) fn new(kind: Kind, name: impl Into<String>, length: u64) -> Self {
        Self { kind, name: name.into(), length }
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let name = self.name.as_bytes();
        let length = u8::try_from(name.len()).map_err(io::Error::other)?;
        out.write_all(&[self.kind as u8, length])?;
        out.write_all(name)?;
        out.write_all(&self.length.to_be_bytes())
    }

    /// Reads one that may stand behind `before`.
    pub(super) fn read(from: &mut Opening<impl Read>, before: Option<Kind>) -> Result<Self, BackupError> {
        let at = from.at();
        let odd = || BackupError::Damaged { at };
        let (mut start, mut length) = ([0; 2], [0; 8]);
        from.take(&mut start)?;
        let [kind, name_length] = start;
        let mut name = vec![0; name_length.into()];
        from.take(&mut name)?;
        from.take(&mut length)?;
        let name = String::from_utf8(name).map_err(|_| odd())?;
        let kind = Kind::of(kind).filter(|kind| kind.may_follow(before)).ok_or_else(odd)?;
        let entry = Self { kind, name, length: u64::from_be_bytes(length) };
        if entry.is_well_named() { Ok(entry) } else { Err(odd()) }
    }

    /// BAK-004: a name is one of our own making, and leads nowhere.
    fn is_well_named(&self) -> bool {
        match self.kind {
            Kind::Vault => is_vault(&self.name),
            Kind::Blob => self.blob().is_some(),
            Kind::About => self.name.is_empty() && self.length <= ABOUT_MAX,
            Kind::Key => self.name.is_empty() && self.length == 32,
            Kind::Registry => self.name.is_empty(),
            Kind::End => self.name.is_empty() && self.length == 0,
        }
    }

    /// The vault's file that a blob belongs to, and the blob's name.
    pub(super) fn blob(&self) -> Option<(String, &str)> {
        let (folder, name) = self.name.split_once('/')?;
        let vault = format!("{folder}.db");
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let fits = !name.is_empty() && self.name.len() <= NAME_MAX && name.bytes().all(plain);
        (is_vault(&vault) && fits).then_some((vault, name))
    }
}

fn is_vault(name: &str) -> bool {
    vault_of(name) == Some(name) && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// When it was made, by that device's clock.
    pub made: Wall,
    /// The home was under a passphrase.
    pub protected: bool,
    /// The version of the program that made it.
    pub program: String,
}

impl About {
    pub(super) fn encode(&self) -> Vec<u8> {
        Writer::new()
            .number(Tag::must(1), self.made.0)
            .number(Tag::must(2), u64::from(self.protected))
            .bytes(Tag::may(3), self.program.as_bytes())
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        let program = fields.optional(3)?.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        Ok(Self { made: Wall(fields.number(1)?), protected: fields.number(2)? != 0, program: program.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BAK-004
    #[test]
    fn no_name_of_an_entry_leads_anywhere_else() {
        let hex = "ab".repeat(16);
        let good = [
            Entry::new(Kind::Vault, format!("{hex}.db"), 1),
            Entry::new(Kind::Blob, format!("{hex}/c0ffee"), 1),
            Entry::new(Kind::Registry, "", 9),
            Entry::new(Kind::Key, "", 32),
        ];
        assert!(good.iter().all(Entry::is_well_named));
        let long = format!("{hex}/{}", "a".repeat(NAME_MAX));
        for (kind, name) in [
            (Kind::Vault, "../../etc/passwd"),
            (Kind::Vault, "x.db"),
            (Kind::Vault, &format!("{hex}.db-wal")),
            (Kind::Vault, &format!("{hex}.db/..")),
            (Kind::Vault, &hex.to_uppercase()),
            (Kind::Blob, &format!("{hex}/../../x")),
            (Kind::Blob, &format!("{hex}/")),
            (Kind::Blob, &format!("{hex}/.x")),
            (Kind::Blob, &format!("../{hex}/x")),
            (Kind::Blob, "/x"),
            (Kind::Blob, &long),
            (Kind::Registry, "home.db"),
            (Kind::Key, "key"),
        ] {
            assert!(!Entry::new(kind, name, 32).is_well_named(), "{name}");
        }
    }

    /// BAK-004
    #[test]
    fn entries_stand_in_one_order() {
        use Kind::{About, Blob, End, Key, Registry, Vault};
        let follows = |kinds: &[Kind]| {
            let before = [None].into_iter().chain(kinds.iter().copied().map(Some));
            before.zip(kinds).all(|(before, kind)| kind.may_follow(before))
        };
        assert!(follows(&[About, Registry, Key, End]));
        assert!(follows(&[About, Vault, Blob, Blob, Vault, Vault, Registry, Key, End]));
        for odd in [
            &[Vault][..],
            &[About, About],
            &[About, Blob],
            &[About, Key],
            &[About, End],
            &[About, Registry, Vault],
            &[About, Registry, End],
            &[About, Registry, Key, Key],
            &[About, Registry, Key, End, About],
        ] {
            assert!(!follows(odd), "{odd:?}");
        }
    }

    /// BAK-004
    #[test]
    fn what_a_backup_says_of_itself_is_read_as_written() {
        let about = About { made: Wall(7), protected: true, program: "0.1.0".to_owned() };
        assert_eq!(About::decode(&about.encode()), Ok(about));
    }
}
