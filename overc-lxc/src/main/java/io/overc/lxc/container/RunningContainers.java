package io.overc.lxc.container;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.ForeignText;
import io.overc.internal.linux.AbstractSocket;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.RawPath;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which containers run without starting a process: the monitor of each listens on the
 * abstract socket {@code @LXCPATH/NAME/command}, which {@code /proc/net/unix} shows. Names of
 * sockets are bytes, and any user may make one of any bytes: those of root, of this user, and of
 * the owner of the directory count.
 */
public final class RunningContainers {
  /** A longer socket name is hashed by LXC (the kernel has room for 108 bytes). */
  static final int LONGEST_SOCKET = 105;

  private static final int LONGEST = 64 << 20;
  private static final String SUFFIX = "/command";

  /** A stream socket that listens: flags, type, state and inode; then its name. */
  private static final Pattern LISTENS =
      Pattern.compile("\\S+: \\S+ \\S+ 00010000 0001 \\S+ +([0-9]+) @([^\\n]+)", Pattern.DOTALL);

  private final Path sockets;
  private final Path lxcpath;
  private final Function<AbstractSocket, OptionalInt> listener;
  private final Set<String> prefixes = new LinkedHashSet<>();

  public RunningContainers(Path sockets, Path lxcpath) {
    this(sockets, lxcpath, socket -> Libc.available() ? socket.listener() : OptionalInt.empty());
  }

  RunningContainers(Path sockets, Path lxcpath, Function<AbstractSocket, OptionalInt> listener) {
    this.sockets = sockets;
    this.lxcpath = lxcpath;
    this.listener = listener;
    prefixes.add(ForeignText.latin(lxcpath) + "/");
    try {
      prefixes.add(ForeignText.latin(lxcpath.toRealPath()) + "/");
    } catch (IOException e) {
      // No such directory, so nothing runs in it.
    }
  }

  /** Tells whether the name of the socket of a container is one that LXC does not hash. */
  boolean covers(String name) {
    return prefixes.stream()
        .allMatch(
            prefix -> 1 + prefix.length() + name.length() + SUFFIX.length() <= LONGEST_SOCKET);
  }

  /** Returns who runs now, but for those whose names are too long to be seen. */
  public Set<String> names() {
    return names(name -> true);
  }

  boolean runs(String name) {
    return !names(name::equals).isEmpty();
  }

  /** Throws if somebody else has the socket of a container, for whom LXC would wait. */
  void requireFree(String name) {
    for (AbstractSocket socket : sockets(name::equals).values()) {
      OptionalInt user = listener.apply(socket);
      if (user.isPresent() && !isTrusted(user.getAsInt())) {
        throw new OvercException(
            "Could not start %s: a process of user %d has the socket @%s/%s/command, which LXC needs"
                .formatted(name, user.getAsInt(), RawPath.shown(lxcpath), name),
            Remedy.other("end that process, which ss -xlp shows, and try again"));
      }
    }
  }

  private Set<String> names(Predicate<String> wanted) {
    Set<String> names = new HashSet<>();
    sockets(wanted)
        .forEach(
            (name, socket) ->
                listener.apply(socket).stream()
                    .filter(this::isTrusted)
                    .forEach(user -> names.add(name)));
    return names;
  }

  /** Finds the sockets of containers on which somebody listens: of each name there is only one. */
  private Map<String, AbstractSocket> sockets(Predicate<String> wanted) {
    Map<String, AbstractSocket> found = new HashMap<>();
    try {
      for (String line : BoundedFiles.lines(sockets, LONGEST)) {
        Matcher socket = LISTENS.matcher(line);
        if (line.endsWith(SUFFIX) && socket.matches()) {
          byte[] bytes = ForeignText.bytes(socket.group(2));
          name(socket.group(2))
              .filter(wanted)
              .ifPresent(
                  name ->
                      found.put(name, new AbstractSocket(bytes, Long.parseLong(socket.group(1)))));
        }
      }
    } catch (IOException e) {
      throw Disk.failed("read " + sockets, e);
    }
    return found;
  }

  private Optional<String> name(String socket) {
    for (String prefix : prefixes) {
      if (socket.startsWith(prefix)
          && socket.indexOf('/', prefix.length()) == socket.length() - SUFFIX.length()) {
        return Optional.of(socket.substring(prefix.length(), socket.length() - SUFFIX.length()));
      }
    }
    return Optional.empty();
  }

  private boolean isTrusted(int user) {
    if (user == 0 || user == Libc.geteuid()) {
      return true;
    }
    try {
      return Files.getAttribute(lxcpath, "unix:uid").equals(user);
    } catch (IOException e) {
      return false; // Nothing runs in a directory that is gone.
    }
  }
}
