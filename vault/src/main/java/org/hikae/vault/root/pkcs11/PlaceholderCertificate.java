package org.hikae.vault.root.pkcs11;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate that only gives a key pair in a token a name, because Java's key store shows no
 * private key without one. It proves nothing and nobody verifies it: it is signed by a key that is
 * forgotten at once, and the root checks at each start that its public key is the private key's.
 */
final class PlaceholderCertificate {

  private static final int SERIAL_BITS = 127;

  private PlaceholderCertificate() {}

  static Certificate of(String name, PublicKey key, SecureRandom random)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(JcaPointConverter.CURVE, random);
    KeyPair forgotten = generator.generateKeyPair();
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    TBSCertificate content = content(name, key, algorithm, random);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(forgotten.getPrivate(), random);
    signature.update(content.getEncoded(ASN1Encoding.DER));
    DERSequence whole =
        new DERSequence(
            new ASN1Encodable[] {content, algorithm, new DERBitString(signature.sign())});
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole.getEncoded(ASN1Encoding.DER)));
  }

  private static TBSCertificate content(
      String name, PublicKey key, AlgorithmIdentifier algorithm, SecureRandom random) {
    V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
    content.setSerialNumber(
        new ASN1Integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)));
    content.setSignature(algorithm);
    content.setIssuer(new X500Name("CN=" + name));
    content.setSubject(new X500Name("CN=" + name));
    content.setStartDate(new Time(new DERUTCTime("260101000000Z")));
    // RFC 5280's date for "never".
    content.setEndDate(new Time(new DERGeneralizedTime("99991231235959Z")));
    content.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    return content.generateTBSCertificate();
  }
}
