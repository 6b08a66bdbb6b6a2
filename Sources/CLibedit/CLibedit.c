#define _GNU_SOURCE

#include "CLibedit.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static bool locale_is_utf8(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool editline_use_utf8(void) {
  if (setlocale(LC_CTYPE, "") != NULL && locale_is_utf8()) return true;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL || (setlocale(LC_CTYPE, "UTF-8") != NULL && locale_is_utf8());
}

int editline_width(wchar_t character) {
  return wcwidth(character);
}

EditLine *editline_create(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

void editline_set_client(EditLine *editor, void *client) {
  el_wset(editor, EL_CLIENTDATA, client);
}

void *editline_client(EditLine *editor) {
  void *client = NULL;
  el_wget(editor, EL_CLIENTDATA, &client);
  return client;
}

int editline_set_editor(EditLine *editor, const char *name) {
  return el_set(editor, EL_EDITOR, name);
}

bool editline_is_vi(EditLine *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name != NULL && wcscmp(name, L"vi") == 0;
}

int editline_set_integer(EditLine *editor, int operation, int value) {
  return el_wset(editor, operation, value);
}

int editline_set_reader(EditLine *editor, editline_reader reader) {
  return el_wset(editor, EL_GETCFN, reader);
}

int editline_set_prompt(EditLine *editor, editline_prompt prompt, wchar_t marker) {
  return el_wset(editor, EL_PROMPT_ESC, prompt, (int)marker);
}

int editline_deliver_keys_unchanged(EditLine *editor) {
  return el_set(editor, EL_SETTY, "-d", "-isig", "-ixon", "-icrnl", "-inlcr", NULL);
}

int editline_add_command(EditLine *editor, const char *name, const char *help, editline_command command) {
  return el_set(editor, EL_ADDFN, name, help, command);
}

int editline_bind(EditLine *editor, const char *key, const char *command) {
  return el_set(editor, EL_BIND, key, command, NULL);
}

int editline_bind_alternative(EditLine *editor, const char *key, const char *command) {
  return el_set(editor, EL_BIND, "-a", key, command, NULL);
}

void editline_redraw(EditLine *editor) {
  el_wset(editor, EL_REFRESH);
}

void editline_print(EditLine *editor, const void *bytes, size_t count) {
  FILE *output = NULL;
  if (el_wget(editor, EL_GETFP, 1, &output) != 0 || output == NULL) return;
  fwrite(bytes, 1, count, output);
  fflush(output);
}

bool editline_has_capability(EditLine *editor, const char *name) {
  char *value = NULL;
  return el_get(editor, EL_GETTC, name, &value) == 0 && value != NULL && *value != '\0';
}

HistoryW *editline_create_history(EditLine *editor, int limit) {
  HistoryW *history = history_winit();
  if (history == NULL) return NULL;
  HistEventW event;
  history_w(history, &event, H_SETSIZE, limit);
  el_wset(editor, EL_HIST, history_w, history);
  return history;
}

int editline_enter_history(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, entry);
}

int editline_clear_history(HistoryW *history) {
  HistEventW event;
  return history_w(history, &event, H_CLEAR);
}

// Lock-free atomics are among the few things that a signal handler may touch.
static atomic_int noted_signals;
static atomic_int wake = -1;
static struct sigaction previous_window_action;
static struct sigaction previous_continue_action;

static void note_signal(int number) {
  int saved = errno;
  atomic_fetch_or(&noted_signals, number == SIGWINCH ? editline_window_changed : editline_process_resumed);
  int descriptor = atomic_load(&wake);
  // A full pipe refuses the byte, and wakes its reader all the same.
  if (descriptor >= 0 && write(descriptor, "", 1) < 0) errno = saved;
  errno = saved;
}

void editline_watch_signals(int wake_descriptor) {
  atomic_store(&noted_signals, 0);
  atomic_store(&wake, wake_descriptor);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, &previous_window_action);
  sigaction(SIGCONT, &action, &previous_continue_action);
}

void editline_unwatch_signals(void) {
  sigaction(SIGWINCH, &previous_window_action, NULL);
  sigaction(SIGCONT, &previous_continue_action, NULL);
  atomic_store(&wake, -1);
}

int editline_take_signals(void) {
  return atomic_exchange(&noted_signals, 0);
}

void editline_suspend(void) {
  // The whole job stops, as the terminal driver would do it. This process ignores the signal meant for its group and
  // sends one to this very thread instead, which stops before the call returns: the kernel might hand the group's
  // signal to another thread, and this one would run on with the terminal already given back to the shell.
  struct sigaction ignore, previous;
  memset(&ignore, 0, sizeof ignore);
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &ignore, &previous);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &previous, NULL);
  // A thread that was started from one of a pool has all signals blocked, and would not stop.
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  pthread_kill(pthread_self(), SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  atomic_fetch_or(&noted_signals, editline_process_resumed);
}
