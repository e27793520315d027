package io.overc.opennebula;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.image.ImageEvent;
import io.overc.image.IncompleteEventException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.internal.time.Cancellation;
import io.overc.opennebula.xml.Shown;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps events as files of a directory, in the order in which they came. An event is there before
 * it is handled and until it was, so no kill loses it. Who changes the events of an image holds its
 * {@linkplain #hold lock}. Changes are short, and finished even if the operation is cancelled.
 */
final class Spool {
  private static final String SUFFIX = ".event";
  private static final String REASON = "spool.reason";

  /** More than an environment can hold, even if each character is written as six. */
  private static final int LARGEST = 16 << 20;

  private final Path directory;
  private final SideEffects effects;
  private final Clock clock;

  Spool(Path directory, SideEffects effects, Clock clock) {
    this.directory = directory;
    this.effects = effects;
    this.clock = clock;
  }

  /**
   * An event that is kept in a file.
   *
   * @param number its place in the order
   */
  record SpooledEvent(Path file, long number, ImageEvent event) {}

  /** What waits, oldest first, and why other files could not be read. */
  record Content(List<SpooledEvent> events, List<OvercException> damaged) {}

  /** Lets one handler at a time work on the events of an image. */
  HeldLock hold(String identifier, Duration patience) {
    try {
      return LockDirectory.at(directory)
          .lock("lock", "the image " + Shown.text(identifier), identifier)
          .take("handle the events of the image", patience);
    } catch (IOException e) {
      throw IoErrors.failed("use the spool " + directory, e);
    }
  }

  /** Writes an event behind those that wait for the same image. */
  SpooledEvent add(ImageEvent event, Content before) {
    return add(event, before, "");
  }

  /** As {@link #add}, under a name of its own: somebody else may add one at the same time. */
  SpooledEvent addUnlocked(ImageEvent event) {
    String own = "." + ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    return add(event, waiting(event.identifier()), own);
  }

  private SpooledEvent add(ImageEvent event, Content before, String own) {
    long last = before.events().stream().mapToLong(SpooledEvent::number).max().orElse(0);
    long number = Math.max(clock.millis(), last + 1);
    UUID image = UUID.nameUUIDFromBytes(event.identifier().getBytes(StandardCharsets.UTF_8));
    String name = String.format(Locale.ROOT, "%016d-%s%s%s", number, image, own, SUFFIX);
    SpooledEvent spooled = new SpooledEvent(directory.resolve(name), number, event);
    write(spooled, "");
    return spooled;
  }

  /** Notes why an event could not be handled. */
  void note(SpooledEvent spooled, Throwable reason) {
    write(spooled, String.valueOf(reason.getMessage()));
  }

  private void write(SpooledEvent spooled, String reason) {
    Properties properties = new Properties();
    properties.putAll(spooled.event().variables());
    properties.setProperty(REASON, reason);
    change(
        "write event",
        "keep the event " + spooled.file(),
        () -> {
          StringWriter text = new StringWriter();
          properties.store(text, null);
          DurableFiles.write(spooled.file(), text.toString());
        });
  }

  void remove(SpooledEvent spooled) {
    change(
        "remove event",
        "remove the handled event " + spooled.file(),
        () -> DurableFiles.delete(spooled.file()));
  }

  /** Moves an event away that can never be handled. */
  void reject(SpooledEvent spooled) {
    Path rejected = directory.resolve("rejected");
    change(
        "reject event",
        "move the event " + spooled.file() + " to " + rejected,
        () -> {
          Files.createDirectories(rejected);
          DurableFiles.rename(spooled.file(), rejected.resolve(spooled.file().getFileName()));
        });
  }

  private void change(String name, String attempt, SideEffects.Action<IOException> action) {
    Cancellation.shielded(
        () -> {
          try {
            effects.run(name, action);
          } catch (IOException e) {
            throw IoErrors.failed(attempt, e);
          }
        });
  }

  Content waiting() {
    Content content = new Content(new ArrayList<>(), new ArrayList<>());
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
            .sorted()
            .forEach(file -> read(file, content));
      }
    } catch (IOException e) {
      throw IoErrors.failed("read the spool " + directory, e);
    }
    return content;
  }

  Content waiting(String identifier) {
    Content all = waiting();
    List<SpooledEvent> events =
        all.events().stream().filter(s -> s.event().identifier().equals(identifier)).toList();
    return new Content(events, all.damaged());
  }

  boolean contains(SpooledEvent spooled) {
    return Files.exists(spooled.file(), LinkOption.NOFOLLOW_LINKS);
  }

  private static void read(Path file, Content into) {
    String name = file.getFileName().toString();
    try {
      Properties properties = new Properties();
      properties.load(
          new StringReader(BoundedFiles.utf8(file, LARGEST, LinkOption.NOFOLLOW_LINKS)));
      TreeMap<String, String> variables = new TreeMap<>();
      properties.stringPropertyNames().forEach(n -> variables.put(n, properties.getProperty(n)));
      ImageEvent event = ImageEvent.fromEnvironment(variables);
      event.required("DC_IDENTIFIER");
      long number = Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-'))));
      into.events().add(new SpooledEvent(file, number, event));
    } catch (NoSuchFileException e) {
      return; // Somebody else has just handled it.
    } catch (IOException | IllegalArgumentException | IncompleteEventException e) {
      into.damaged().add(damaged(file, e));
    }
  }

  private static OvercException damaged(Path file, Exception cause) {
    OvercException damaged =
        new OvercException(
            "The kept event " + file + " is damaged: " + IoErrors.reason(cause),
            Remedy.other("correct or remove it"));
    damaged.initCause(cause);
    return damaged;
  }
}
