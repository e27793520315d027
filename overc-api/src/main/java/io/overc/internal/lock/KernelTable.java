package io.overc.internal.lock;

import io.overc.internal.file.BoundedFiles;
import io.overc.internal.linux.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's list of locks, by process and inode. */
final class KernelTable {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final int LONGEST = 64 << 20;
  private static final Pattern PID = Pattern.compile("pid (\\d{1,10}):");

  private KernelTable() {}

  // Tells whether a file is locked by the process that says so. The device is not compared: on
  // btrfs the list has another one than the status of the file.
  static boolean lists(Path file, String holder) throws IOException {
    Matcher pid = PID.matcher(holder);
    Pattern held =
        Pattern.compile(
            "FLOCK +ADVISORY +WRITE +%s \\S+:%s "
                .formatted(pid.lookingAt() ? pid.group(1) : "\\d+", FileStatus.of(file).inode()));
    return BoundedFiles.lines(LOCKS, LONGEST).stream().anyMatch(line -> held.matcher(line).find());
  }
}
