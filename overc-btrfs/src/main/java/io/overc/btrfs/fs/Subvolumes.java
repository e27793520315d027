package io.overc.btrfs.fs;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subvolumes of a file system, handled by the {@code btrfs} tool of btrfs-progs. Names are
 * paths relative to the top-level subvolume.
 */
public final class Subvolumes {
  private static final Pattern LINE =
      Pattern.compile("ID (\\d+) gen \\d+ top level \\d+ path (.*)");
  private static final Pattern DEFAULT = Pattern.compile("ID (\\d+) .*");

  private final Function<CommandBuilder, CommandResult> runner;
  private final Path top;

  /**
   * Handles the subvolumes of a file system.
   *
   * @param runner runs the tool
   * @param top where the tool finds the top-level subvolume; another subvolume will do for {@link
   *     #list} and {@link #defaultId}
   */
  public Subvolumes(Function<CommandBuilder, CommandResult> runner, Path top) {
    this.runner = runner;
    this.top = top;
  }

  /**
   * Lists all subvolumes.
   *
   * @return the subvolumes, without the top-level one
   */
  public List<Subvolume> list() {
    List<Subvolume> found = new ArrayList<>();
    btrfs("list the subvolumes", "list", top())
        .lines()
        .forEach(
            line -> {
              Matcher matcher = LINE.matcher(line);
              if (matcher.matches()) {
                found.add(new Subvolume(Long.parseLong(matcher.group(1)), matcher.group(2)));
              }
            });
    return List.copyOf(found);
  }

  /**
   * Asks which subvolume a mount without options brings up.
   *
   * @return its number
   */
  public long defaultId() {
    CommandResult result = btrfs("read the default subvolume", "get-default", top());
    Matcher matcher = DEFAULT.matcher(result.stdout().strip());
    if (!matcher.matches()) {
      throw new OvercException(
          "Could not understand 'btrfs subvolume get-default': " + result.stdout());
    }
    return Long.parseLong(matcher.group(1));
  }

  /**
   * Says which subvolume a mount without options brings up. Not durable until the file system is
   * synced.
   *
   * @param id its number; the top-level subvolume is refused: no host boots from it
   */
  public void setDefault(long id) {
    if (id <= Subvolume.TOP_LEVEL) {
      throw new IllegalArgumentException(id + " is not the number of a root");
    }
    btrfs("make subvolume " + id + " the default", "set-default", Long.toString(id), top());
  }

  /**
   * Makes a writable snapshot.
   *
   * @param from the subvolume
   * @param to the name of the snapshot; must not exist
   */
  public void snapshot(String from, String to) {
    btrfs("snapshot " + from + " as " + to, "snapshot", seen(from), seen(to));
  }

  /**
   * Deletes subvolumes.
   *
   * @param names their names; at least one
   */
  public void delete(List<String> names) {
    List<String> arguments = new ArrayList<>(List.of("delete"));
    names.forEach(name -> arguments.add(seen(name)));
    btrfs("delete " + String.join(", ", names), arguments.toArray(String[]::new));
  }

  /** Waits until what was deleted is gone and its space is free, as long as a command may run. */
  public void awaitDeletions() {
    commit(); // This also wakes the kernel's cleaner, which would sleep half a minute else.
    btrfs("wait until deleted subvolumes are gone", "sync", top());
    commit();
  }

  private void commit() {
    runner
        .apply(Command.of("btrfs", "filesystem", "sync", top()))
        .orThrow("commit the file system");
  }

  private CommandResult btrfs(String attempt, String... arguments) {
    return runner.apply(Command.of("btrfs", "subvolume").arguments(arguments)).orThrow(attempt);
  }

  private String seen(String name) {
    return top.resolve(name).toString();
  }

  private String top() {
    return top.toString();
  }
}
