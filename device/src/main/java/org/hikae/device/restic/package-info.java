/**
 * What the agent does for people who use restic: it finds the employee's restic repositories, keeps
 * restic's passwords under K, and brings repositories in that lie in a directory. It never opens
 * what restic has encrypted.
 */
@NullMarked
package org.hikae.device.restic;

import org.jspecify.annotations.NullMarked;
