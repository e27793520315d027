package io.overc.opennebula.disk;

import java.time.Duration;

/**
 * Bounds what an image file may ask of this machine.
 *
 * @param largestDisk how many bytes a disk may have, unpacked
 * @param entries how many entries an OVA may have
 * @param convertTimeout how long a conversion may take
 */
public record DiskLimits(long largestDisk, int entries, Duration convertTimeout) {}
