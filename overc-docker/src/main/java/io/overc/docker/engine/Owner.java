package io.overc.docker.engine;

import io.overc.error.OvercException;
import io.overc.internal.file.BoundedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names the operation that works on a container, so that others can tell whether it still does:
 * machine, process, and one id for each operation of a process. Closing it ends the operation.
 */
public final class Owner implements AutoCloseable {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private static final int PARTS = 4;

  /** The operations of this process that have not ended: state of the process, as its pid is. */
  private static final Set<String> ACTIVE = ConcurrentHashMap.newKeySet();

  private final String id = UUID.randomUUID().toString();

  private Owner() {}

  /** Begins an operation; the result names it until it is closed. */
  public static Owner begin() {
    Owner owner = new Owner();
    ACTIVE.add(owner.id);
    return owner;
  }

  /** Returns the text of the label, which {@link #ended} reads. */
  public String label() {
    return String.join(
        ":", machine(), String.valueOf(ProcessHandle.current().pid()), started(), id);
  }

  /** Returns eight hexadecimal digits that set names apart from those of other operations. */
  public String suffix() {
    return id.substring(0, 8);
  }

  /**
   * Tells whether an operation has certainly ended. One on another machine (the engine may serve
   * several) cannot be judged from here, and counts as going on.
   */
  public static boolean ended(String label) {
    String[] parts = label.split(":", -1);
    if (parts.length != PARTS || !parts[0].equals(machine()) || !parts[1].matches("[0-9]{1,18}")) {
      return false;
    }
    long pid = Long.parseLong(parts[1]);
    if (pid == ProcessHandle.current().pid() && parts[2].equals(started())) {
      return !ACTIVE.contains(parts[3]);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(start -> text(start).equals(parts[2]))
        .isEmpty();
  }

  /**
   * Tells whether the container of a build is left over. That of one that goes on never stops;
   * after a reboot of another machine it has.
   */
  public static boolean leftover(String state, String label) {
    boolean elsewhere = label.split(":", -1).length == PARTS && !label.startsWith(machine() + ":");
    return ended(label) || (state.equals("exited") && elsewhere);
  }

  @Override
  public void close() {
    ACTIVE.remove(id);
  }

  private static String started() {
    return ProcessHandle.current().info().startInstant().map(Owner::text).orElse("unknown");
  }

  private static String text(Instant start) {
    return String.valueOf(start.toEpochMilli());
  }

  /** A process id means something in one boot of one machine, and in one namespace. */
  private static String machine() {
    try {
      String boot = BoundedFiles.latin(BOOT_ID, BoundedFiles.SMALL).strip();
      String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return boot + "." + namespace.replaceAll("\\D", "");
    } catch (IOException e) {
      throw new OvercException("Could not tell this machine's processes apart: /proc is needed", e);
    }
  }
}
