package io.overc.btrfs.powercut;

/**
 * One entry of a {@link WriteLog}: what a disk was asked.
 *
 * @param offset where it writes on the disk, in bytes
 * @param bytes how much it writes; 0 for a mere flush
 * @param flush whether everything before it must be on the disk before it is done
 * @param forced whether it is itself on the disk when it is done (FUA)
 * @param discard whether it makes its stretch read as zeros, and holds no data
 * @param data where its data lies in the log, in bytes
 */
public record LoggedWrite(
    long offset, long bytes, boolean flush, boolean forced, boolean discard, long data) {}
