package io.overc.spi;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import java.util.List;

/**
 * Makes a {@link ContainerDriver} for a template.
 *
 * @implSpec {@link #keys} need not name the keys in {@link Template#KEYS}: they are always known.
 */
public interface ContainerDriverProvider extends BackendProvider<ContainerDriver> {

  /**
   * {@return a new driver of a template}
   *
   * @param config the configuration, already checked against {@link #keys()}; a provider may read
   *     keys of its own for the template, {@code template.NAME.…}
   * @param template the template; its backend is {@link #id}
   */
  ContainerDriver create(Config config, Template template);

  /**
   * {@return a new driver of the backend's default template, which is named as the backend}
   *
   * @param config the configuration
   */
  @Override
  default ContainerDriver create(Config config) {
    return create(config, Template.read(config, id(), id()));
  }

  /**
   * {@return the names of the templates this backend knows although the configuration does not
   * define them, such as the site scripts in a directory}
   *
   * @param config the configuration
   * @implSpec Starts no process and never throws because something is missing.
   */
  default List<String> templates(Config config) {
    return List.of();
  }
}
