package io.overc.opennebula.spool;

import io.overc.error.OvercException;
import io.overc.image.ImageEvent;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.DurableFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps events as files of a directory, in the order in which they came. An event is there before
 * it is handled and until it was, so no kill loses it. Changes to the events of one image are made
 * under its lock.
 */
final class Spool {
  private static final String SUFFIX = ".event";
  private static final String REASON = "spool.reason";

  private final Path directory;
  private final SideEffects effects;
  private final Clock clock;

  Spool(Path directory, SideEffects effects, Clock clock) {
    this.directory = directory;
    this.effects = effects;
    this.clock = clock;
  }

  /** Lets one handler at a time work on the events of an image. */
  HeldLock hold(String identifier, Duration patience) {
    try {
      return LockDirectory.at(directory)
          .lock("lock", "the image " + identifier, identifier)
          .take("handle the events of the image", patience);
    } catch (IOException e) {
      throw new OvercException(
          "Could not use the spool %s: %s; may this user write there?"
              .formatted(directory, IoErrors.reason(e)),
          e);
    }
  }

  /** Writes an event behind those that wait for the same image. */
  SpooledEvent add(ImageEvent event, List<SpooledEvent> before) {
    long last = before.isEmpty() ? 0 : before.get(before.size() - 1).number();
    long number = Math.max(clock.millis(), last + 1);
    String name =
        String.format(Locale.ROOT, "%016d-%s%s", number, family(event.identifier()), SUFFIX);
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
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
      effects.run("write event", () -> DurableFiles.write(spooled.file(), text.toString()));
    } catch (IOException e) {
      throw new OvercException(
          "Could not keep an event in %s: %s; is there room, and may this user write there?"
              .formatted(directory, IoErrors.reason(e)),
          e);
    }
  }

  void remove(SpooledEvent spooled) {
    try {
      effects.run("remove event", () -> Files.deleteIfExists(spooled.file()));
    } catch (IOException e) {
      throw new OvercException("Could not remove the handled event " + spooled.file(), e);
    }
  }

  /** Puts an event aside that can never be handled. */
  void reject(SpooledEvent spooled) {
    Path rejected = directory.resolve("rejected");
    try {
      effects.run(
          "reject event",
          () -> {
            Files.createDirectories(rejected);
            Files.move(spooled.file(), rejected.resolve(spooled.file().getFileName()));
          });
    } catch (IOException e) {
      throw new OvercException("Could not put the event " + spooled.file() + " aside", e);
    }
  }

  /** Returns the events that wait, oldest first. */
  List<SpooledEvent> waiting() {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        return files
            .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
            .sorted()
            .map(this::read)
            .flatMap(Optional::stream)
            .toList();
      }
    } catch (IOException e) {
      throw new OvercException(
          "Could not read the spool " + directory + ": " + e + "; may this user read it?", e);
    }
  }

  List<SpooledEvent> waiting(String identifier) {
    return waiting().stream()
        .filter(spooled -> spooled.event().identifier().equals(identifier))
        .toList();
  }

  /** Returns empty if somebody else has just handled it. */
  private Optional<SpooledEvent> read(Path file) {
    String name = file.getFileName().toString();
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(BoundedFiles.utf8(file, BoundedFiles.SMALL)));
      TreeMap<String, String> variables = new TreeMap<>();
      properties.stringPropertyNames().forEach(n -> variables.put(n, properties.getProperty(n)));
      long number = Long.parseLong(name.substring(0, name.indexOf('-')));
      return Optional.of(new SpooledEvent(file, number, new ImageEvent(variables)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new OvercException("The kept event " + file + " is damaged; remove it: " + e, e);
    }
  }

  private static String family(String identifier) {
    return UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
