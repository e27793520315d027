package io.overc.internal.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory as the JDK knows it: by its descriptor where the file system has {@link
 * SecureDirectoryStream}, by its path elsewhere. Links are never followed.
 */
final class PortableDirectory implements Closeable {
  private final Path path;
  private final DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;
  private final Iterator<Path> entries;

  private PortableDirectory(Path path, DirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
    this.secure = stream instanceof SecureDirectoryStream<Path> descriptor ? descriptor : null;
    this.entries = stream.iterator();
  }

  /** Opens a directory; a link to it is followed. */
  @SuppressWarnings("StreamResourceLeak") // closed with the object
  static PortableDirectory at(Path path) throws IOException {
    return new PortableDirectory(path, Files.newDirectoryStream(path));
  }

  @SuppressWarnings("StreamResourceLeak") // closed with the object
  PortableDirectory open(Path name) throws IOException {
    return new PortableDirectory(
        path.resolve(name),
        secure != null
            ? secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)
            : Files.newDirectoryStream(path.resolve(name)));
  }

  Path path() {
    return path;
  }

  /** Returns the name of the next entry; null at the end. */
  @Nullable Path next() {
    return entries.hasNext() ? entries.next().getFileName() : null;
  }

  BasicFileAttributes attributes(Path name) throws IOException {
    return view(name, BasicFileAttributeView.class).readAttributes();
  }

  /** Returns a view of an entry; null if the file system lacks it. */
  <V extends @Nullable FileAttributeView> V view(Path name, Class<V> type) {
    return secure != null
        ? secure.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS)
        : Files.getFileAttributeView(path.resolve(name), type, LinkOption.NOFOLLOW_LINKS);
  }

  SeekableByteChannel read(Path name) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return secure != null
        ? secure.newByteChannel(name, options)
        : Files.newByteChannel(path.resolve(name), options);
  }

  void deleteFile(Path name) throws IOException {
    if (secure != null) {
      secure.deleteFile(name);
    } else {
      Files.delete(path.resolve(name));
    }
  }

  void deleteDirectory(Path name) throws IOException {
    if (secure != null) {
      secure.deleteDirectory(name);
    } else {
      Files.delete(path.resolve(name));
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
