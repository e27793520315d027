/**
 * What a backend implements.
 *
 * <ul>
 *   <li>A snapshot store: a {@link io.overc.spi.SnapshotBackend}, which {@link
 *       io.overc.engine.ManagedSnapshotStore} makes a store, and a {@link
 *       io.overc.spi.SnapshotStoreProvider}, which {@code META-INF/services} names. {@link
 *       io.overc.spi.TimestampId} has ids, {@link io.overc.spi.Durable} durable steps.
 *   <li>A kind of container: a {@link io.overc.spi.ContainerBackend}, which {@link
 *       io.overc.engine.ManagedContainerDriver} makes a driver, and a {@link
 *       io.overc.spi.ContainerDriverProvider}.
 *   <li>Both: {@link io.overc.spi.SideEffects} for actions within a primitive, so that the contract
 *       kits can fail them; {@link io.overc.event.Operation#checkCancelled} in loops; {@link
 *       io.overc.exec.CommandRunner} for tools.
 * </ul>
 */
@NullMarked
package io.overc.spi;

import org.jspecify.annotations.NullMarked;
