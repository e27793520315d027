package io.overc.testkit;

import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Describes one entry of a generated tree, so that several layers can have the same. */
record Sample(Kind kind, int mode, int owner, long seed, Attribute attribute) {
  private static final int[] MODES = {0644, 0600, 0755, 04755, 02755, 01777, 0};

  private static final List<Attribute> COMMON =
      List.of(Attribute.USER, Attribute.TRUSTED, Attribute.CAPABILITY, Attribute.ACL);

  enum Kind {
    FILE,
    EMPTY_FILE,
    SPARSE_FILE,
    HARD_LINKS,
    DIRECTORY,
    LINK,
    DANGLING_LINK,
    CIRCULAR_LINK,
    FIFO,
    SOCKET,
    CHARACTER_DEVICE,
    BLOCK_DEVICE;

    static Kind any(Random random, boolean directories) {
      int draw = random.nextInt(20);
      if (directories && draw < 6) {
        return DIRECTORY;
      }
      Kind kind = draw < 14 ? FILE : values()[random.nextInt(values().length)];
      return kind == DIRECTORY ? FILE : kind;
    }
  }

  enum Attribute {
    NONE(""),
    USER("user.overc"),
    TRUSTED("trusted.overc"),
    CAPABILITY("security.capability"),
    ACL("system.posix_acl_access"),
    OPAQUE("trusted.overlay.opaque");

    private final String name;

    Attribute(String name) {
      this.name = name;
    }

    private byte[] value(long seed) {
      return switch (this) {
        case CAPABILITY ->
            new byte[] {
              1, 0, 0, 2, 0, (byte) (seed & 0x3f), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
            };
        case ACL -> accessControlList((byte) (seed & 7));
        case OPAQUE -> new byte[] {'y'};
        default -> Long.toHexString(seed).getBytes(StandardCharsets.US_ASCII);
      };
    }

    /** The owner, one more user, the group, the mask and others; as the kernel stores it. */
    private static byte[] accessControlList(byte permissions) {
      byte x = (byte) 0xff;
      return new byte[] {
        2,
        0,
        0,
        0,
        1,
        0,
        6,
        0,
        x,
        x,
        x,
        x,
        2,
        0,
        permissions,
        0,
        7,
        0,
        0,
        0,
        4,
        0,
        4,
        0,
        x,
        x,
        x,
        x,
        16,
        0,
        7,
        0,
        x,
        x,
        x,
        x,
        32,
        0,
        4,
        0,
        x,
        x,
        x,
        x
      };
    }
  }

  static Sample of(Random random, Kind kind) {
    Attribute attribute = Attribute.NONE;
    if (random.nextInt(4) == 0) {
      attribute = COMMON.get(random.nextInt(COMMON.size()));
    }
    int mode = MODES[random.nextInt(MODES.length)];
    return new Sample(kind, mode, random.nextInt(3) * 1000, random.nextLong(), attribute);
  }

  /** Returns what a layer has of it: mostly the same, sometimes a variant or nothing. */
  Optional<Sample> variant(Random random, boolean source, boolean directories) {
    int draw = random.nextInt(20);
    if (draw < 11) {
      return Optional.of(this);
    }
    if (draw < 14) {
      return Optional.empty();
    }
    if (source && kind == Kind.DIRECTORY && draw == 14) {
      return Optional.of(new Sample(kind, mode, owner, seed, Attribute.OPAQUE));
    }
    if (source && draw == 15) {
      // A whiteout.
      return Optional.of(new Sample(Kind.CHARACTER_DEVICE, 0600, 0, 0, Attribute.NONE));
    }
    return Optional.of(draw < 18 ? other(random) : of(random, Kind.any(random, directories)));
  }

  /** Returns one that differs in one thing. */
  Sample other(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Sample(kind, mode ^ 0110, owner, seed, attribute);
      case 1 -> new Sample(kind, mode, owner + 1, seed, attribute);
      case 2 ->
          new Sample(
              kind,
              mode,
              owner,
              seed,
              attribute == Attribute.TRUSTED ? Attribute.NONE : Attribute.TRUSTED);
      default -> new Sample(kind, mode, owner, seed ^ 0x55, attribute);
    };
  }

  void make(Path path) throws IOException {
    switch (kind) {
      case FILE -> write(path);
      case EMPTY_FILE -> Files.createFile(path);
      case SPARSE_FILE -> writeSparse(path);
      case HARD_LINKS -> Files.createLink(path.resolveSibling("link" + seed), writeFirst(path));
      case DIRECTORY -> Files.createDirectory(path);
      case LINK -> Files.createSymbolicLink(path, Path.of("/etc/passwd" + (seed & 0xff)));
      case DANGLING_LINK -> Files.createSymbolicLink(path, dangling());
      case CIRCULAR_LINK -> Files.createSymbolicLink(path, path.getFileName());
      case FIFO -> Nodes.make(path, Nodes.FIFO | mode, 0, 0);
      case SOCKET -> Nodes.make(path, Nodes.SOCKET | mode, 0, 0);
      case CHARACTER_DEVICE -> Nodes.make(path, Nodes.CHARACTER | mode, number(), number());
      case BLOCK_DEVICE -> Nodes.make(path, Nodes.BLOCK | mode, 7, number());
    }
    finish(path);
  }

  /** No text, as far as this JVM may know. */
  private Path dangling() {
    return RawPath.of(new byte[] {'g', 'o', '\n', 'e', (byte) 0xff, (byte) (seed | 0x80)});
  }

  private int number() {
    return seed == 0 ? 0 : 1 + (int) (seed & 0x7f);
  }

  /** The owner first: a change of owner takes set-user-ID and capabilities away. */
  private void finish(Path path) throws IOException {
    Nodes.owner(path, owner, owner);
    boolean link = Files.isSymbolicLink(path);
    if (!link) {
      Nodes.chmod(path, mode);
    }
    boolean storage = Files.isRegularFile(path) || kind == Kind.DIRECTORY;
    boolean possible =
        switch (attribute) {
          case NONE -> false;
          case TRUSTED -> true;
          case CAPABILITY -> Files.isRegularFile(path) && !link;
          default -> storage && !link;
        };
    if (possible) {
      Nodes.attribute(path, attribute.name, attribute.value(seed));
    }
  }

  private Path writeFirst(Path path) throws IOException {
    write(path);
    return path;
  }

  private void write(Path path) throws IOException {
    byte[] bytes = new byte[1 + (int) (seed >>> 8 & 0x3fff)];
    new Random(seed).nextBytes(bytes);
    Files.write(path, bytes);
  }

  private void writeSparse(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position(1 << 20);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) seed}));
    }
  }
}
