/**
 * What the agent asks the portal, typed: enrollment, sessions, objects, snapshots, runs and restic
 * repositories. It opens nothing that is sealed.
 */
@NullMarked
package org.hikae.device.portal;

import org.jspecify.annotations.NullMarked;
