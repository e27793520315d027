package io.overc.spi;

import io.overc.container.ContainerFeature;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.event.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Replaces the image of the template that a {@link ContainerBackend} makes containers from. */
public interface ContainerImages {

  /**
   * {@return which of {@link ContainerFeature#SEND_IMAGE}, {@link ContainerFeature#CHECK_IMAGE} and
   * {@link ContainerFeature#UPDATE} there are; all three unless overridden}
   */
  default Set<ContainerFeature> features() {
    return Set.of(
        ContainerFeature.SEND_IMAGE, ContainerFeature.CHECK_IMAGE, ContainerFeature.UPDATE);
  }

  /**
   * {@return the file that is locked while the image is replaced; its directory is made if it is
   * missing} Templates that share an image share it.
   */
  Path lockFile();

  /**
   * Replaces the image: checks the new one, then exchanges it by one atomic step; the old one stays
   * as the previous one where that is possible.
   *
   * @param image where the new one is, and its digest
   * @param operation reports progress
   * @return what was done
   * @throws io.overc.error.NotFoundException if there is no such image
   * @throws io.overc.error.VerificationException if it is not what it should be
   * @throws IOException if a file cannot be read or written
   */
  ImageResult send(ImageSource image, Operation operation) throws IOException;

  /**
   * Replaces the image by the latest one of the template's source.
   *
   * @param source the template's {@link io.overc.container.Template#imageUrl()}
   * @param operation reports progress
   * @return what was done
   * @throws IOException if a file cannot be read or written
   */
  default ImageResult update(String source, Operation operation) throws IOException {
    return send(ImageSource.of(source), operation);
  }
}
