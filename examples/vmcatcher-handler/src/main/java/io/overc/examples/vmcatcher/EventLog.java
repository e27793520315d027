package io.overc.examples.vmcatcher;

import io.overc.error.ConfigException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.examples.console.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Writes what happens to a file, each line with its time (UTC), or shows it as programs do. */
final class EventLog implements Listener, AutoCloseable {
  private final Optional<PrintStream> file;
  private final Listener progress;
  private final Console console;

  private EventLog(Optional<PrintStream> file, Console console) {
    this.file = file;
    this.console = console;
    this.progress = file.isPresent() ? this::write : console.progress();
  }

  static EventLog open(Optional<Path> path, Console console) {
    return new EventLog(path.map(EventLog::append), console);
  }

  private static PrintStream append(Path path) {
    try {
      return new PrintStream(
          Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          true,
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      ConfigException exception =
          new ConfigException(
              List.of(
                  "cannot write the log " + path + ": " + e + "; name a file that can be written"));
      exception.initCause(e);
      throw exception;
    }
  }

  @Override
  public void on(Event event) {
    progress.on(event);
  }

  private void write(Event event) {
    if (event instanceof Event.Started started) {
      line(started.operation().toString());
    } else if (event instanceof Event.StepStarted step) {
      line("  " + step.title());
    } else if (event instanceof Event.Warned warned) {
      line("warning: " + warned.message());
    }
  }

  /** Writes a line; values that a list may hold cannot begin another one. */
  void line(String text) {
    String printable = text.replaceAll("\\p{Cc}", " ");
    if (file.isPresent()) {
      file.get().println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + printable);
    } else if (!console.quiet()) {
      console.err().println(printable);
    }
  }

  /** Writes an error to the file; on standard error the program shows it itself. */
  void failed(RuntimeException e) {
    if (file.isPresent()) {
      line("error: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    file.ifPresent(PrintStream::close);
  }
}
