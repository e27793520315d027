package io.overc.directory;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Gives a copy to the owner of its original, as far as this user may. */
final class Ownership {
  private Ownership() {}

  static void give(PosixFileAttributeView copy, PosixFileAttributes original) throws IOException {
    PosixFileAttributes now = copy.readAttributes();
    if (now.owner().equals(original.owner()) && now.group().equals(original.group())) {
      return;
    }
    try {
      copy.setGroup(original.group());
      copy.setOwner(original.owner());
    } catch (FileSystemException e) {
      // Only root may give files away; cp does the same.
      return;
    }
  }
}
