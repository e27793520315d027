package io.overc.opennebula.cloud;

import java.util.Locale;

/**
 * The rights to use, manage and administer an image: three octal digits for owner, group and
 * others, as {@code oneimage chmod} takes them (4 use, 2 manage, 1 administer).
 *
 * @param bits the nine bits
 */
public record Permissions(int bits) {
  /** What a retired image has: everything for its owner, nothing for anybody else. */
  public static final Permissions OWNER_ONLY = new Permissions(0700);

  /** Reads three octal digits. */
  public static Permissions parse(String text) {
    if (!text.matches("[0-7]{3}")) {
      throw new IllegalArgumentException("expected three octal digits such as 600 or 640");
    }
    return new Permissions(Integer.parseInt(text, 8));
  }

  /** Tells whether anybody outside the group may do anything. */
  public boolean isPublic() {
    return (bits & 07) != 0;
  }

  /** Returns one of the nine bits. */
  public int bit(int index) {
    return (bits >> (8 - index)) & 1;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%03o", bits);
  }
}
