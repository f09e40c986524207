/**
 * What an acknowledgement is worth when something breaks: processes are killed at random moments of
 * a backup, writes fail, connections are cut, disks get full. Every choice is drawn from the seed
 * of the run, which is printed; {@code ./verify --long} multiplies the counts and changes the seed.
 */
@NullMarked
package org.hikae.it.fault;

import org.jspecify.annotations.NullMarked;
