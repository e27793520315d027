package io.overc.btrfs.fs;

import io.overc.btrfs.fs.TreeSearch.Place;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.internal.file.IoErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The subvolumes of a file system, asked and changed by the requests of the kernel. Names are paths
 * relative to the top-level subvolume.
 */
public final class Subvolumes {
  private final Path top;
  private final Function<CommandBuilder, CommandResult> runner;
  private final Path seen;

  /**
   * Handles the subvolumes of a file system.
   *
   * @param top where this process finds the top-level subvolume
   * @param runner runs the {@code btrfs} tool
   * @param seen where the tool finds the top-level subvolume
   */
  public Subvolumes(Path top, Function<CommandBuilder, CommandResult> runner, Path seen) {
    this.top = top;
    this.runner = runner;
    this.seen = seen;
  }

  /**
   * Lists all subvolumes.
   *
   * @return the subvolumes, without the top-level one
   */
  public List<Subvolume> list() {
    return ask(
        "list the subvolumes",
        top,
        descriptor -> {
          Map<Long, Place> places = new TreeSearch(descriptor).places();
          Map<Long, Optional<String>> paths = new HashMap<>();
          List<Subvolume> found = new ArrayList<>();
          for (long id : places.keySet()) {
            Optional<String> path = path(descriptor, id, places, paths);
            if (path.isPresent()) {
              found.add(new Subvolume(id, path.get()));
            }
          }
          found.sort(Comparator.comparingLong(Subvolume::id));
          return List.copyOf(found);
        });
  }

  /** Returns the path of a subvolume, unless what it is in is being deleted. */
  private static Optional<String> path(
      int descriptor, long id, Map<Long, Place> places, Map<Long, Optional<String>> known)
      throws IOException {
    if (id == Subvolume.TOP_LEVEL) {
      return Optional.of("");
    }
    Optional<String> path = known.get(id);
    Place place = places.get(id);
    if (path == null) {
      path = place == null ? Optional.empty() : path(descriptor, place.parent(), places, known);
      if (place != null && path.isPresent()) {
        String parent = path.get().isEmpty() ? "" : path.get() + "/";
        path = Optional.of(parent + directory(descriptor, place) + place.name());
      }
      known.put(id, path);
    }
    return path;
  }

  /** Returns the path of a directory inside its subvolume, with a slash at its end. */
  private static String directory(int descriptor, Place place) throws IOException {
    if (place.directory() == TreeSearch.FIRST_FREE) {
      return "";
    }
    ByteBuffer argument = Ioctl.INO_LOOKUP.argument();
    argument.putLong(0, place.parent()).putLong(8, place.directory());
    Ioctl.INO_LOOKUP.send(descriptor, argument);
    int end = 16;
    while (argument.get(end) != 0) {
      end++;
    }
    return Ioctl.text(argument, 16, end - 16);
  }

  /**
   * Reads which subvolume a mount without options mounts.
   *
   * @return its number
   */
  public long defaultId() {
    return ask(
        "read the default subvolume",
        top,
        descriptor -> new TreeSearch(descriptor).defaultId().orElse(Subvolume.TOP_LEVEL));
  }

  /**
   * Sets which subvolume a mount without options mounts. Not durable until the file system is
   * synced.
   *
   * @param id its number; the top-level subvolume is refused: no host boots from it
   */
  public void setDefault(long id) {
    if (id <= Subvolume.TOP_LEVEL) {
      throw new IllegalArgumentException(id + " is not the number of a root");
    }
    change(
        "make subvolume " + id + " the default",
        Ioctl.DEFAULT_SUBVOL,
        Ioctl.DEFAULT_SUBVOL.argument().putLong(0, id));
  }

  /**
   * Makes a writable snapshot in the top-level subvolume.
   *
   * @param from the subvolume
   * @param to the name of the snapshot; must not exist
   */
  public void snapshot(String from, String to) {
    String attempt = "snapshot " + from + " as " + to;
    ask(
        attempt,
        top.resolve(from),
        source -> {
          ByteBuffer argument = Ioctl.SNAP_CREATE_V2.argument().putLong(0, source);
          Ioctl.name(argument, 56, to);
          change(attempt, Ioctl.SNAP_CREATE_V2, argument);
          return true;
        });
  }

  /**
   * Deletes subvolumes of the top-level subvolume.
   *
   * @param names their names
   */
  public void delete(List<String> names) {
    for (String name : names) {
      ByteBuffer argument = Ioctl.SNAP_DESTROY.argument();
      Ioctl.name(argument, 8, name);
      change("delete " + name, Ioctl.SNAP_DESTROY, argument);
    }
  }

  private void change(String attempt, Ioctl request, ByteBuffer argument) {
    ask(
        attempt,
        top,
        descriptor -> {
          request.send(descriptor, argument);
          return true;
        });
  }

  private static <T> T ask(String attempt, Path directory, Ioctl.Request<T> request) {
    try {
      return Ioctl.with(directory, request);
    } catch (IOException e) {
      throw IoErrors.failed(attempt + " in " + directory, e);
    }
  }

  /** Waits until what was deleted is gone and its space is free, as long as a command may run. */
  public void awaitDeletions() {
    commit(); // This also wakes the kernel's cleaner, which would sleep half a minute else.
    runner
        .apply(Command.of("btrfs", "subvolume", "sync").argument(seen))
        .orThrow("wait until deleted subvolumes are gone");
    commit();
  }

  private void commit() {
    runner
        .apply(Command.of("btrfs", "filesystem", "sync").argument(seen))
        .orThrow("commit the file system");
  }
}
