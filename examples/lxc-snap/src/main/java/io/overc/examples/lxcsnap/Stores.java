package io.overc.examples.lxcsnap;

import io.overc.config.Config;
import io.overc.error.NotFoundException;
import io.overc.examples.console.Console;
import io.overc.examples.console.Table;
import io.overc.lxc.LxcKeys;
import io.overc.lxc.LxcSnapshotStore;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the store, reads comments and prints snapshots. */
final class Stores {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss");

  private Stores() {}

  static SnapshotStore open(Console console, @Nullable Path lxcPath) {
    // Checks the whole configuration, whichever part of it is used here.
    console.overc();
    Config config = console.config();
    return LxcSnapshotStore.of(lxcPath == null ? config : at(lxcPath, config));
  }

  /** The snapshots lie beside the containers, as lxc-snap has them. */
  private static Config at(Path lxcPath, Config config) {
    Path path = lxcPath.toAbsolutePath().normalize();
    return config.with(LxcKeys.PATH, path.toString()).with(LxcKeys.SNAPSHOTS, path + "snaps");
  }

  static String read(Path comment) {
    try {
      return Files.readString(comment);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("There is no comment file " + comment + "; no snapshot was made");
    } catch (CharacterCodingException e) {
      throw new NotFoundException(
          "The comment " + comment + " is no text in UTF-8; no snapshot was made");
    } catch (IOException e) {
      throw new NotFoundException(
          "Could not read the comment " + comment + ": " + e + "; no snapshot was made");
    }
  }

  private static String time(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  static void print(List<Snapshot> snapshots, PrintStream out) {
    Table table = new Table();
    for (Snapshot snapshot : snapshots) {
      String comment = snapshot.comment().orElse("").strip().replaceAll("\\R", " / ");
      table.row(
          snapshot.id().text(),
          snapshot.created().map(Stores::time).orElse(""),
          comment.replaceAll("\\p{Cc}", "?"));
    }
    table.print(out, "");
  }
}
