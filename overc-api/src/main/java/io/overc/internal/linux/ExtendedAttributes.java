package io.overc.internal.linux;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Supplier;

public final class ExtendedAttributes {
  public static final int LONGEST = 65536;

  private final NativeBuffer few = new NativeBuffer(256);
  private final NativeBuffer many = new NativeBuffer(LONGEST);
  private final NativeBuffer string = new NativeBuffer(256);

  public ExtendedAttributes() {}

  /**
   * Lists the attributes of a file; in ISO 8859-1, since their names are bytes. Empty where the
   * file system has none.
   */
  public Set<String> names(File file, Supplier<Path> shown) throws IOException {
    // The kernel clears as much memory as it is offered: mostly there is nothing to list.
    NativeBuffer list = few;
    long length = file.list(list);
    if (length == 0) {
      return Set.of();
    }
    if (length < 0 && Errno.last() == Errno.ERANGE) {
      list = many;
      length = file.list(list);
    }
    if (length < 0) {
      int error = Errno.last();
      if (error == Errno.ENODATA || error == Errno.EOPNOTSUPP) {
        return Set.of();
      }
      throw Errno.failure(error, "read the extended attributes", shown.get(), null);
    }
    Set<String> names = new HashSet<>();
    String text = new String(list.copy(0, (int) length), StandardCharsets.ISO_8859_1);
    StringTokenizer each = new StringTokenizer(text, "\0");
    while (each.hasMoreTokens()) {
      names.add(each.nextToken());
    }
    return names;
  }

  /**
   * Reads a value and returns its length, negative if it cannot be read; {@link #LONGEST} bytes are
   * always enough.
   */
  public long read(File file, String name, NativeBuffer into) {
    return file.get(string.string(name.getBytes(StandardCharsets.ISO_8859_1)), into);
  }

  /** A file that has extended attributes. Its methods return what the system calls return. */
  public interface File {
    long list(NativeBuffer into);

    long get(long name, NativeBuffer into);

    int set(String name, byte[] value);

    int remove(String name);

    static File of(int descriptor) {
      return new File() {
        @Override
        public long list(NativeBuffer into) {
          return Libc.flistxattr(descriptor, into.address(), into.size());
        }

        @Override
        public long get(long name, NativeBuffer into) {
          return Libc.fgetxattr(descriptor, name, into.address(), into.size());
        }

        @Override
        public int set(String name, byte[] value) {
          return Libc.fsetxattr(descriptor, terminated(name), value, value.length, 0);
        }

        @Override
        public int remove(String name) {
          return Libc.fremovexattr(descriptor, terminated(name));
        }
      };
    }

    // An entry of an open directory that must not be opened itself, or cannot be; a link is not
    // followed.
    static File of(int directory, byte[] entry) {
      // The kernel has no such calls beside a descriptor before 6.13; this name leads to the same.
      byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.ISO_8859_1);
      byte[] path = Arrays.copyOf(prefix, prefix.length + entry.length + 1);
      System.arraycopy(entry, 0, path, prefix.length, entry.length);
      return at(path);
    }

    /** Names a file by its path; a link is not followed. */
    static File of(Path file) {
      return at(RawPath.terminated(file));
    }

    private static File at(byte[] path) {
      NativeBuffer raw = new NativeBuffer(path.length);
      raw.bytes().put(0, path);
      return new File() {
        @Override
        public long list(NativeBuffer into) {
          try {
            return Libc.llistxattr(raw.address(), into.address(), into.size());
          } finally {
            Reference.reachabilityFence(raw);
          }
        }

        @Override
        public long get(long name, NativeBuffer into) {
          try {
            return Libc.lgetxattr(raw.address(), name, into.address(), into.size());
          } finally {
            Reference.reachabilityFence(raw);
          }
        }

        @Override
        public int set(String name, byte[] value) {
          return Libc.lsetxattr(path, terminated(name), value, value.length, 0);
        }

        @Override
        public int remove(String name) {
          return Libc.lremovexattr(path, terminated(name));
        }
      };
    }

    private static byte[] terminated(String name) {
      return (name + '\0').getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
