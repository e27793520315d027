package io.overc.container;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Describes a kind of container: what it is made from and how it is upgraded.
 *
 * <p>A template is configured by the keys {@code template.NAME.…} in {@link #KEYS}. A backend may
 * document further keys {@code template.*.…} of its own. A template that the configuration does not
 * define is a site script of its name, or the default template of the backend of its name; see
 * {@code Overc.containerDriver}.
 *
 * @param name its name
 * @param backend the id of the backend that keeps its containers
 * @param image the image: for LXC the path of the file that {@code sendImage} and {@code update}
 *     replace, for Docker the name of the image; empty for the backend's default
 * @param imageUrl where {@code update} gets the latest image; empty if nowhere
 * @param packageManager what upgrades packages inside: {@code dnf}, {@code apt}, {@code zypper}, …;
 *     empty to find out
 */
public record Template(
    String name,
    String backend,
    Optional<String> image,
    Optional<String> imageUrl,
    Optional<String> packageManager) {

  /** Names the backend that keeps the containers of a template. */
  public static final ConfigKey<String> BACKEND =
      ConfigKey.text(
          "template.*.backend", "the backend of the template's containers: lxc, docker or script");

  /** Names the image of a template. */
  public static final ConfigKey<String> IMAGE =
      ConfigKey.text(
          "template.*.image",
          "the image of the template: for lxc the path of a root file system tarball, for docker the name of an image");

  /** Says where the latest image of a template is. */
  public static final ConfigKey<String> IMAGE_URL =
      ConfigKey.text("template.*.image-url", "where update gets the template's latest image");

  /** Names the package manager inside the containers of a template. */
  public static final ConfigKey<String> PACKAGE_MANAGER =
      ConfigKey.text(
          "template.*.package-manager",
          "the package manager inside the template's containers; found out where it is not set");

  /** The keys that every backend shares. */
  public static final List<ConfigKey<?>> KEYS = List.of(BACKEND, IMAGE, IMAGE_URL, PACKAGE_MANAGER);

  private static final String PREFIX = "template.";

  /**
   * Checks the name.
   *
   * @param name its name
   * @param backend the id of the backend that keeps its containers
   * @param image the image; empty for the backend's default
   * @param imageUrl where {@code update} gets the latest image; empty if nowhere
   * @param packageManager what upgrades packages inside; empty to find out
   */
  public Template {
    ContainerNames.template(name);
  }

  /**
   * Returns the template a backend has without being told anything.
   *
   * @param name its name
   * @param backend the id of the backend
   * @return a template with nothing set
   */
  public static Template plain(String name, String backend) {
    return new Template(name, backend, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Reads a template that the configuration defines.
   *
   * @param config the configuration
   * @param name the name of the template
   * @return the template, or empty if {@code template.NAME.backend} is not set
   */
  public static Optional<Template> configured(Config config, String name) {
    ContainerNames.template(name);
    return config.find(BACKEND.named(name)).map(id -> read(config, name, id));
  }

  /**
   * Reads what the configuration says about a template of a known backend.
   *
   * @param config the configuration
   * @param name the name of the template
   * @param backend the id of its backend
   * @return the template
   */
  public static Template read(Config config, String name, String backend) {
    return new Template(
        name,
        backend,
        config.find(IMAGE.named(name)),
        config.find(IMAGE_URL.named(name)),
        config.find(PACKAGE_MANAGER.named(name)));
  }

  /**
   * Returns the templates that a configuration defines.
   *
   * @param config the configuration
   * @return their names, sorted
   */
  public static List<String> names(Config config) {
    TreeSet<String> names = new TreeSet<>();
    for (String key : config.names()) {
      int end = key.lastIndexOf('.');
      if (key.startsWith(PREFIX) && end > PREFIX.length()) {
        names.add(key.substring(PREFIX.length(), end));
      }
    }
    return List.copyOf(names);
  }

  /**
   * Tells whether this is the default template of its backend, whose {@link ContainerDriver#list}
   * shows every container of the backend.
   *
   * @return whether its name is the id of its backend
   */
  public boolean isDefault() {
    return name.equals(backend);
  }

  /**
   * Returns the image as a path.
   *
   * @return the path, or empty
   * @throws java.nio.file.InvalidPathException if it is none
   */
  public Optional<Path> imagePath() {
    return image.map(Path::of);
  }
}
