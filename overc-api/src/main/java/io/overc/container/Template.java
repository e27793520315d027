package io.overc.container;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes a kind of container: what it is made from and how it is upgraded.
 *
 * <p>A template is configured by the keys {@code template.NAME.…} in {@link #KEYS}. A backend may
 * document further keys {@code template.*.…} of its own. A template that the configuration does not
 * define is a site script of its name, or the default template of the backend of its name; see
 * {@code Overc.containerDriver}.
 *
 * <pre>{@code
 * Template web =
 *     Template.builder("web", "lxc").image("/srv/images/web.tar.zst").packageManager("apt").build();
 * }</pre>
 *
 * <p>Immutable, thread-safe.
 */
public final class Template {

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

  private final String name;
  private final String backend;
  private final Optional<String> image;
  private final Optional<String> imageUrl;
  private final Optional<String> packageManager;

  private Template(Builder builder) {
    this.name = builder.name;
    this.backend = builder.backend;
    this.image = Optional.ofNullable(builder.image);
    this.imageUrl = Optional.ofNullable(builder.imageUrl);
    this.packageManager = Optional.ofNullable(builder.packageManager);
  }

  /**
   * {@return a new builder of a template of which only the backend is known: everything else is the
   * backend's default}
   *
   * @param name its name
   * @param backend the id of the backend that keeps its containers
   * @throws io.overc.error.InvalidArgumentException if the name is invalid
   */
  public static Builder builder(String name, String backend) {
    return new Builder(ContainerNames.template(name), backend);
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
   * {@return what the configuration says about a template of a known backend}
   *
   * @param config the configuration
   * @param name the name of the template
   * @param backend the id of its backend
   */
  public static Template read(Config config, String name, String backend) {
    Builder builder = builder(name, backend);
    config.find(IMAGE.named(name)).ifPresent(builder::image);
    config.find(IMAGE_URL.named(name)).ifPresent(builder::imageUrl);
    config.find(PACKAGE_MANAGER.named(name)).ifPresent(builder::packageManager);
    return builder.build();
  }

  /**
   * {@return the names of the templates that a configuration defines, sorted}
   *
   * @param config the configuration
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

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** {@return the id of the backend that keeps its containers} */
  public String backend() {
    return backend;
  }

  /**
   * {@return the image: for LXC the path of the file that {@code sendImage} and {@code update}
   * replace, for Docker the name of the image; empty for the backend's default}
   */
  public Optional<String> image() {
    return image;
  }

  /** {@return the address from which {@code update} gets the latest image; empty if nowhere} */
  public Optional<String> imageUrl() {
    return imageUrl;
  }

  /**
   * {@return what upgrades packages inside: {@code dnf}, {@code apt}, {@code zypper}, …; empty to
   * find out}
   */
  public Optional<String> packageManager() {
    return packageManager;
  }

  /**
   * {@return whether this is the default template of its backend, named by its id, whose {@link
   * ContainerDriver#list} shows every container of the backend}
   */
  public boolean isDefault() {
    return name.equals(backend);
  }

  /**
   * {@return the image as a path, if there is one}
   *
   * @throws java.nio.file.InvalidPathException if it is no path
   */
  public Optional<Path> imagePath() {
    return image.map(Path::of);
  }

  /** Builds a {@link Template}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final String backend;
    private @Nullable String image;
    private @Nullable String imageUrl;
    private @Nullable String packageManager;

    private Builder(String name, String backend) {
      this.name = name;
      this.backend = backend;
    }

    /**
     * Sets {@link Template#image}.
     *
     * @param image the image; unless set, the backend's default
     * @return this
     */
    public Builder image(String image) {
      this.image = image;
      return this;
    }

    /**
     * Sets {@link Template#imageUrl}.
     *
     * @param imageUrl where the latest image is; unless set, nowhere
     * @return this
     */
    public Builder imageUrl(String imageUrl) {
      this.imageUrl = imageUrl;
      return this;
    }

    /**
     * Sets {@link Template#packageManager}.
     *
     * @param packageManager its name; unless set, it is found out
     * @return this
     */
    public Builder packageManager(String packageManager) {
      this.packageManager = packageManager;
      return this;
    }

    /** {@return the new template} */
    public Template build() {
      return new Template(this);
    }
  }
}
