/**
 * What is inside a snapshot's root: the manifest, a stream of records in the order of a depth-first
 * walk, and the table of packs its chunk references point into. Byte formats only; reading refuses
 * everything that a correct writer does not write, so that code behind it meets only valid names,
 * balanced directories and lengths that add up. The specification is docs/spec/manifest.md.
 */
@NullMarked
package org.hikae.device.manifest;

import org.jspecify.annotations.NullMarked;
