package io.overc.opennebula.frontend;

import java.util.List;
import java.util.function.Consumer;

/** Does in the cloud what its administrator and its users do. */
public final class Admin {
  private final Cloudlet cloud;

  Admin(Cloudlet cloud) {
    this.cloud = cloud;
  }

  /** Returns all images, by number. */
  public List<Image> images() {
    synchronized (cloud) {
      return List.copyOf(cloud.images.values());
    }
  }

  /** Returns the images that have a name, whoever owns them. */
  public List<Image> named(String name) {
    return images().stream().filter(image -> image.name.equals(name)).toList();
  }

  /** Adds a user in a group of his own name or an existing one; returns the user's number. */
  public int user(String name, String password, int gid) {
    synchronized (cloud) {
      cloud.users.put(cloud.nextUser, name);
      cloud.passwords.put(name, password);
      cloud.groupOfUser.put(cloud.nextUser, gid);
      return cloud.nextUser++;
    }
  }

  /** Adds a group; returns its number. */
  public int group(String name) {
    synchronized (cloud) {
      cloud.groups.put(cloud.nextGroup, name);
      return cloud.nextGroup++;
    }
  }

  /** Removes a user. */
  public void removeUser(int uid) {
    synchronized (cloud) {
      cloud.users.remove(uid);
    }
  }

  /** Gives an image away and sets its permissions. */
  public void give(int id, int uid, int gid, int bits) {
    change(
        id,
        image -> {
          image.uid = uid;
          image.gid = gid;
          image.bits = bits;
        });
  }

  /** Disables or enables an image. */
  public void enable(int id, boolean enabled) {
    change(id, image -> image.to(enabled ? Image.READY : Image.DISABLED));
  }

  /** Starts a machine from an image. */
  public void use(int id) {
    change(
        id,
        image -> {
          image.machines.add(cloud.nextMachine++);
          image.to(Image.USED);
        });
  }

  /** Sets an attribute of a template. */
  public void mark(int id, String attribute, String value) {
    change(id, image -> image.template.put(attribute, value));
  }

  /** Renames an image, whatever that makes of uniqueness. */
  public void rename(int id, String name) {
    change(id, image -> image.name = name);
  }

  /** Adds an image that nobody registered through a handler; returns its number. */
  public int image(int uid, int gid, String name) {
    synchronized (cloud) {
      Image image = new Image(cloud.nextImage++, uid, gid, name);
      image.datastore = 1;
      image.to(Image.READY);
      cloud.images.put(image.id, image);
      return image.id;
    }
  }

  private void change(int id, Consumer<Image> change) {
    synchronized (cloud) {
      Image image = cloud.images.get(id);
      if (image == null) {
        throw new AssertionError("there is no image " + id + " in " + cloud.images);
      }
      change.accept(image);
    }
  }

  /** Says for how many looks a new image stays LOCKED. */
  public void slow(int looks) {
    synchronized (cloud) {
      cloud.looksWhileLocked = looks;
    }
  }

  /** Ends all copies that go on. */
  public void finishCopies() {
    images().forEach(image -> change(image.id, now -> now.looks = Math.min(now.looks, 0)));
  }

  /** Makes copies fail with a reason, or succeed again if it is empty. */
  public void failCopies(String reason) {
    synchronized (cloud) {
      cloud.failCopies = reason;
    }
  }

  /** Says whether the datastores are full. */
  public void full(boolean full) {
    synchronized (cloud) {
      cloud.full = full;
    }
  }

  /** Says that a file is there, although it is not on this machine. */
  public void file(String path) {
    synchronized (cloud) {
      cloud.files.put(path, 1L);
    }
  }

  /** Sets the permissions that new images do not get. */
  public void umask(int umask) {
    synchronized (cloud) {
      cloud.umask = umask;
    }
  }

  /** Says that datastores may copy from a directory. */
  public void safe(String directory) {
    synchronized (cloud) {
      cloud.safe.add(directory);
    }
  }
}
