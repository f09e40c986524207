/**
 * Reads and writes repositories, objects, snapshots, runs and restic's rows; a query for something
 * an employee asks for takes the employee. Knows no use case.
 */
@NullMarked
package org.hikae.backup.store;

import org.jspecify.annotations.NullMarked;
