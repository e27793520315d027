package io.overc.lxc.snapshot;

import io.overc.container.ContainerNames;
import io.overc.error.InvalidArgumentException;
import io.overc.snapshot.SnapshotId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a snapshot in one of the two layouts: {@code NAME_N} of lxc-snap, where the number is what
 * follows the last underscore, so that {@code my_1_2} is a snapshot of {@code my_1}; and {@code
 * NAME/snapN} of lxc-snapshot.
 */
public record LxcSnapshotId(String container, int index, boolean own) {
  private static final Pattern APART = Pattern.compile("(.+)_(0|[1-9][0-9]{0,8})");
  private static final Pattern OWN = Pattern.compile("([^/]+)/snap(0|[1-9][0-9]{0,8})");
  private static final Pattern OWN_DIRECTORY = Pattern.compile("snap(0|[1-9][0-9]{0,8})");

  public static LxcSnapshotId parse(String id) {
    Matcher own = OWN.matcher(id);
    if (own.matches()) {
      return new LxcSnapshotId(
          ContainerNames.container(own.group(1)), Integer.parseInt(own.group(2)), true);
    }
    ContainerNames.snapshot(id);
    return apart(id)
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "'%s' is not a valid id of a snapshot: expected NAME_N, or NAME/snapN for one of lxc-snapshot"
                        .formatted(id)));
  }

  public static LxcSnapshotId parse(SnapshotId id) {
    return parse(id.text());
  }

  public SnapshotId id() {
    return SnapshotId.of(toString());
  }

  /** Reads the name of a directory of lxc-snap. */
  public static Optional<LxcSnapshotId> apart(String directory) {
    Matcher matcher = APART.matcher(directory);
    return matcher.matches()
        ? Optional.of(
            new LxcSnapshotId(matcher.group(1), Integer.parseInt(matcher.group(2)), false))
        : Optional.empty();
  }

  /** Reads the name of a directory of lxc-snapshot. */
  public static Optional<LxcSnapshotId> own(String container, String directory) {
    Matcher matcher = OWN_DIRECTORY.matcher(directory);
    return matcher.matches()
        ? Optional.of(new LxcSnapshotId(container, Integer.parseInt(matcher.group(1)), true))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return own ? container + "/snap" + index : container + "_" + index;
  }
}
