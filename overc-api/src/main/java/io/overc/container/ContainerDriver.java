package io.overc.container;

import io.overc.error.BusyException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Maintains the containers of one {@link Template}: brings them up from the template's image,
 * upgrades them so that they can always go back, and snapshots them.
 *
 * <p>The operations are those of OverC's container scripts. The template is chosen when the driver
 * is made ({@code Overc.containerDriver("web")}), the container by its name at each call. Apart
 * from {@link #list}, a driver works on every container of its backend by that name, whichever
 * template it came from.
 *
 * <p>The promise: nothing is removed before its replacement stands. When the process is killed in
 * the middle of an operation, the container is the old one or the new one, and the next call works;
 * every operation that changes something recovers an interrupted one first.
 *
 * <p>Names are checked by {@link ContainerNames} before anything is touched; what is not a name is
 * refused with an {@link InvalidArgumentException}. One operation at a time for each container,
 * across processes: another one is refused with {@link BusyException}. An operation that needs a
 * {@link ContainerFeature} that the driver lacks is refused with {@link RefusedException}.
 *
 * @implSpec Implementations are thread-safe, and safe against other processes. {@code
 *     ContainerDriverContract} in the {@code tests} artifact holds what is promised here.
 */
public interface ContainerDriver {

  /** {@return what this driver can do; an immutable set} */
  Set<ContainerFeature> features();

  /**
   * Tells how a container is. Never fails because it is absent.
   *
   * @param name the container
   * @return absent, inactive or active
   */
  ContainerStatus status(String name);

  /**
   * {@return the containers of the template, sorted by name; those of the whole backend if the
   * template {@linkplain Template#isDefault is the backend's default one}} One that cannot be read
   * does not hide the others.
   */
  List<Container> list();

  /**
   * {@return a container with all that is known of it, such as an operation that was interrupted;
   * empty if it is absent}
   *
   * @param name the container
   */
  default Optional<Container> find(String name) {
    ContainerStatus status = status(name);
    return status == ContainerStatus.ABSENT
        ? Optional.empty()
        : Optional.of(new Container(name, Optional.of(status), Optional.empty()));
  }

  /**
   * {@return the snapshots of the containers: to make, list, restore and delete them; {@link
   * ContainerFeature#SNAPSHOT} says whether there can be any; the store; what it makes by {@link
   * SnapshotStore#create} for one of the containers is whole, and safe while the container runs if
   * it is made with {@link SnapshotOptions#freeze}} To go back, {@link #rollback} is what most
   * callers want.
   */
  SnapshotStore snapshots();

  /**
   * Brings a container up from the template's image. An absent one is created and started. An
   * inactive one is snapshotted, replaced and started; if the new one does not come up, the old one
   * is put back as it was. An active one is refused, or stopped first and otherwise treated alike.
   * Once the new one is ready, it stays: what fails afterwards is a warning.
   *
   * @param name the container
   * @param whenActive what to do if it is active
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws RefusedException if it is active and may not be stopped, or the template has no image;
   *     nothing was touched
   * @throws BusyException if another operation changes the container
   * @throws ActivationFailedException if the new one did not come up; says whether the old one is
   *     back (with {@link ContainerFeature#GO_BACK} it is). One that was created is removed again
   */
  ActivateResult activate(String name, WhenActive whenActive, OperationOptions call);

  /**
   * Starts a container and waits until it runs. One that is active stays as it is.
   *
   * @param name the container
   * @param call who listens, and how long it may take
   * @return unchanged if it was active
   * @throws NotFoundException if there is no such container
   * @throws BusyException if another operation changes the container
   * @throws OvercException if it does not come up
   */
  Change start(String name, OperationOptions call);

  /**
   * Stops a container: asks it to end, and after a timeout kills it. One that is inactive stays as
   * it is.
   *
   * @param name the container
   * @param call who listens, and how long it may take
   * @return unchanged if it was inactive
   * @throws NotFoundException if there is no such container
   * @throws BusyException if another operation changes the container
   */
  Change stop(String name, OperationOptions call);

  /**
   * Replaces the template's image; needs {@link ContainerFeature#SEND_IMAGE}. Containers are not
   * touched until they are activated or upgraded. The image that is replaced is kept as the
   * previous one where the backend can.
   *
   * @param image where the new image is and, with {@link ContainerFeature#CHECK_IMAGE}, its digest
   * @param call who listens, and how long it may take
   * @return what was done; unchanged if the template has this very image already
   * @throws NotFoundException if there is no such image
   * @throws VerificationException if the image is incomplete, has another digest, or is no image;
   *     the old one stays
   */
  ImageResult sendImage(ImageSource image, OperationOptions call);

  /**
   * Brings the template's image to the latest that its configured source offers; needs {@link
   * ContainerFeature#UPDATE}. Containers are not touched.
   *
   * @param call who listens, and how long it may take
   * @return what was done; unchanged if there is nothing newer
   * @throws RefusedException if the template has no source; says how to configure one
   * @throws VerificationException as for {@link #sendImage}
   */
  ImageResult update(OperationOptions call);

  /**
   * Upgrades a container. From the image: {@link #update} if the template has a source, then {@link
   * #activate} with {@link WhenActive#STOP}. From packages: looks for newer ones, snapshots,
   * upgrades inside, and goes back if that fails; what was active is active afterwards.
   *
   * @param name the container
   * @param source where the new comes from; packages need {@link ContainerFeature#UPGRADE_PACKAGES}
   * @param call who listens, and how long it may take
   * @return what was done; unchanged if no package is newer
   * @throws NotFoundException if there is no such container
   * @throws BusyException if another operation changes the container
   * @throws ActivationFailedException if the upgraded one failed; says whether the old one is back
   */
  UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call);

  /**
   * Takes a container back to its latest snapshot; otherwise as {@link #rollback(String, String,
   * OperationOptions)}.
   *
   * @param name the container
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws NotFoundException if there is no such container, or it has no snapshot
   * @throws BusyException if another operation changes the container
   * @throws ActivationFailedException if it did not come up; says whether the replaced one is back
   */
  RollbackResult rollback(String name, OperationOptions call);

  /**
   * Takes a container back to a snapshot; needs {@link ContainerFeature#SNAPSHOT}. What was active
   * is stopped and active again afterwards, what was inactive stays so. The snapshot stays; what
   * the container was before is gone once the restored one stands: snapshot it first to keep it.
   *
   * @param name the container
   * @param snapshot the id of one of its snapshots
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws NotFoundException if there is no such container or it has no such snapshot
   * @throws BusyException if another operation changes the container
   * @throws ActivationFailedException if it did not come up; says whether the replaced one is back
   */
  RollbackResult rollback(String name, String snapshot, OperationOptions call);

  /**
   * Deletes a container. Its snapshots stay.
   *
   * @param name the container
   * @param whenActive what to do if it is active
   * @param call who listens, and how long it may take
   * @throws NotFoundException if there is no such container
   * @throws RefusedException if it is active and may not be stopped, or something depends on it;
   *     nothing was touched
   * @throws BusyException if another operation changes the container
   */
  void delete(String name, WhenActive whenActive, OperationOptions call);
}
