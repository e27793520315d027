package io.overc.docker.engine;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The labels by which images and containers are known again. Values that a pack chooses are
 * URL-encoded: so they hold no blank, quote, dollar sign or line end, whatever reads them.
 */
public final class Labels {
  /** On every image of a pack, and so on every container of one; the version of the pack. */
  public static final String MARK = "io.overc.servicepack";

  /** {@code base} or {@code instance}. */
  public static final String ROLE = MARK + ".role";

  /** The name of the pack. */
  public static final String PACK = MARK + ".pack";

  /** What a base was built from: the contents of the pack and the image below. */
  public static final String DIGEST = MARK + ".digest";

  /** The contents of the pack alone. */
  public static final String CONTENTS = MARK + ".contents";

  /** The variables of the pack, one a line. */
  public static final String ENVIRONMENT = MARK + ".environment";

  /** The ports, divided by commas. */
  public static final String PORTS = MARK + ".ports";

  /** The components, divided by commas. */
  public static final String COMPONENTS = MARK + ".components";

  /** The optional scripts the pack has, divided by commas. */
  public static final String SCRIPTS = MARK + ".scripts";

  /** The names of the secrets an instance holds, divided by commas. */
  public static final String SECRETS = MARK + ".secrets";

  /** On an instance, for people. */
  public static final String NOTICE = MARK + ".notice";

  /** On the container of a build: who runs it. Empty on what was built from it. */
  public static final String WORK = "io.overc.work";

  /** On the containers and the network of a service: its name. */
  public static final String SERVICE = "io.overc.service";

  /** On the containers of a service: the name of its image, as it was given. */
  public static final String IMAGE = "io.overc.image";

  /** On the container of a component: its name. */
  public static final String COMPONENT = "io.overc.component";

  /** On the containers and the network of a service: who made it. */
  public static final String OWNER = "io.overc.owner";

  private Labels() {}

  /**
   * Writes a text so that it can be the value of a label.
   *
   * @param text any text
   * @return the value
   */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param label the value of a label
   * @return the text
   */
  public static String decode(String label) {
    return URLDecoder.decode(label, StandardCharsets.UTF_8);
  }

  /**
   * Returns the template action that prints a label, or nothing if it is not there. Just printing
   * it is not enough: where the docker command falls back to untyped data, that gives "no value".
   *
   * @param label the label of an image or a container
   * @return the action
   */
  public static String print(String label) {
    return printOf(".Config", label);
  }

  /**
   * Returns the same for labels that are elsewhere: those of a network are at the top.
   *
   * @param holder the field that has them, empty for the top
   * @param label the label
   * @return the action
   */
  public static String printOf(String holder, String label) {
    return "{{with " + holder + ".Labels}}{{with index . \"" + label + "\"}}{{.}}{{end}}{{end}}";
  }
}
