#ifndef CLIBEDIT_H
#define CLIBEDIT_H

// What Swift cannot reach of libedit's native API by itself: its variadic functions (`el_set`, `el_get`, `history`),
// the process's standard streams, the locale, and signal handlers. Everything else is called directly.

#include <stdbool.h>
#include <stddef.h>
#include <wctype.h>

#include <histedit.h>

/// A command that keys are bound to; returns one of the `CC_` codes.
typedef unsigned char (*editline_command)(EditLine *_Nonnull, wint_t);
/// Returns the prompt, which must stay valid until the next call.
typedef wchar_t *_Nonnull (*editline_prompt)(EditLine *_Nonnull);
/// Delivers one character; returns 1, or 0 at the end of input, or -1 for an error.
typedef int (*editline_reader)(EditLine *_Nonnull, wchar_t *_Nonnull);

/// Makes `LC_CTYPE` UTF-8: libedit never calls `setlocale` itself, and drops what is not ASCII in the C locale.
bool editline_use_utf8(void);

/// The columns a character takes, as libedit counts them; negative for what cannot be shown.
int editline_width(wchar_t character);

/// An editor on the process's standard streams, or null.
EditLine *_Nullable editline_create(const char *_Nonnull program);

void editline_set_client(EditLine *_Nonnull editor, void *_Nullable client);
void *_Nullable editline_client(EditLine *_Nonnull editor);

int editline_set_editor(EditLine *_Nonnull editor, const char *_Nonnull name);
/// Whether the user chose vi's keys, say in `.editrc`.
bool editline_is_vi(EditLine *_Nonnull editor);
/// For the operations that take one integer: `EL_SIGNAL`, `EL_EDITMODE`, `EL_PREP_TERM`.
int editline_set_integer(EditLine *_Nonnull editor, int operation, int value);
int editline_set_reader(EditLine *_Nonnull editor, editline_reader _Nonnull reader);
/// `marker` encloses what takes no room on the screen, such as colours.
int editline_set_prompt(EditLine *_Nonnull editor, editline_prompt _Nonnull prompt, wchar_t marker);
/// While a line is edited, ^C, ^Z and ^\ arrive as characters instead of raising signals, and carriage returns
/// and newlines as they are, so that a pasted pair of them can be told from an empty line.
int editline_deliver_keys_unchanged(EditLine *_Nonnull editor);

int editline_add_command(EditLine *_Nonnull editor, const char *_Nonnull name, const char *_Nonnull help,
                         editline_command _Nonnull command);
/// Binds in the main map: Emacs, or the insert mode of vi.
int editline_bind(EditLine *_Nonnull editor, const char *_Nonnull key, const char *_Nonnull command);
/// Binds in the alternative map: the command mode of vi.
int editline_bind_alternative(EditLine *_Nonnull editor, const char *_Nonnull key, const char *_Nonnull command);

/// Draws prompt and line afresh from where the terminal's cursor stands.
void editline_redraw(EditLine *_Nonnull editor);
/// Writes to the editor's output, in order with what libedit writes, and flushes.
void editline_print(EditLine *_Nonnull editor, const void *_Nonnull bytes, size_t count);
/// Whether the terminal has a string capability, by its two-letter termcap name.
bool editline_has_capability(EditLine *_Nonnull editor, const char *_Nonnull name);

/// A history of at most `limit` entries that the editor's own commands search, or null.
HistoryW *_Nullable editline_create_history(EditLine *_Nonnull editor, int limit);
int editline_enter_history(HistoryW *_Nonnull history, const wchar_t *_Nonnull entry);
int editline_clear_history(HistoryW *_Nonnull history);

enum {
  editline_window_changed = 1,
  editline_process_resumed = 2,
};

/// From now on SIGWINCH and SIGCONT are noted, and one byte is written to `wake_descriptor` for each.
void editline_watch_signals(int wake_descriptor);
/// Puts the previous handlers back.
void editline_unwatch_signals(void);
/// What was noted since the last call, as a set of the bits above.
int editline_take_signals(void);

/// Stops the job, as ^Z does; returns when it is continued, or at once where no shell could continue it.
void editline_suspend(void);

#endif
