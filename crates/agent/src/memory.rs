//! Giving memory back that is not used.
//!
//! - *Freed memory.* An open vault and its conversation take half a megabyte in many small pieces. The C library's
//!   allocator keeps what is freed, and returns it to the system of itself only from the end: one small piece that stays
//!   holds all before it. After a start with a hundred contacts that was 65 of 108 MB.
//! - *Code.* What a start or a pairing ran stays mapped for ever, some 20 MB, though an agent that rests runs little of it.
//!   Let go of, it stays in the system's cache, and what is needed again is mapped again within a millisecond.

/// Returns the pages of freed memory and of unused code to the system; a few milliseconds. Elsewhere than on Linux with
/// glibc it does nothing.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        linux::trim();
        linux::let_go_of_code();
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod linux {
    use std::ops::Range;

    #[allow(unsafe_code, reason = "a call without arguments that matter, of which the standard library knows nothing")]
    pub(super) fn trim() {
        // SAFETY: it touches only memory that the allocator holds as free, under the allocator's own locks.
        unsafe { libc::malloc_trim(0) };
    }

    #[allow(unsafe_code, reason = "a call of which the standard library knows nothing")]
    pub(super) fn let_go_of_code() {
        let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else { return };
        let Some(program) = std::env::current_exe().ok().and_then(|path| path.to_str().map(str::to_owned)) else {
            return;
        };
        for code in maps.lines().filter_map(|line| code_of(line, &program)) {
            let start = std::ptr::with_exposed_provenance_mut(code.start);
            // SAFETY: the range is a mapping of the program's file that nobody can write, so that no page of it differs from
            // the file, from which it is read again when it is used.
            unsafe { libc::madvise(start, code.len(), libc::MADV_DONTNEED) };
        }
    }

    /// The addresses of a line of `/proc/self/maps`, if it is code of the program that nobody can write.
    pub(super) fn code_of(line: &str, program: &str) -> Option<Range<usize>> {
        let mut fields = line.split_ascii_whitespace();
        let (addresses, rights) = (fields.next()?, fields.next()?);
        let (start, end) = addresses.split_once('-')?;
        let [_offset, _device, _inode, path] = [fields.next()?, fields.next()?, fields.next()?, fields.next()?];
        if rights != "r-xp" || path != program || fields.next().is_some() {
            return None;
        }
        Some(usize::from_str_radix(start, 16).ok()?..usize::from_str_radix(end, 16).ok()?)
    }
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::linux::code_of;

    #[test]
    fn only_code_of_the_program_is_let_go_of() {
        let line = |rights, path| format!("5581a2000000-5581a3a00000 {rights} 00400000 fe:00 1234   {path}");
        assert_eq!(code_of(&line("r-xp", "/usr/bin/kith"), "/usr/bin/kith"), Some(0x5581_a200_0000..0x5581_a3a0_0000));
        for rights in ["r--p", "rw-p", "rwxp", "r-xs"] {
            assert_eq!(code_of(&line(rights, "/usr/bin/kith"), "/usr/bin/kith"), None, "{rights}");
        }
        assert_eq!(code_of(&line("r-xp", "/usr/lib/libc.so.6"), "/usr/bin/kith"), None);
        assert_eq!(code_of(&line("r-xp", "/usr/bin/kith (deleted)"), "/usr/bin/kith"), None);
        assert_eq!(code_of("7ffd7a9f2000-7ffd7a9f4000 r-xp 00000000 00:00 0 [vdso]", "/usr/bin/kith"), None);
    }

    #[test]
    fn code_runs_on_when_it_was_let_go_of() {
        for _ in 0..3 {
            super::give_back();
            assert_eq!("still here".split(' ').count(), 2);
        }
    }
}
