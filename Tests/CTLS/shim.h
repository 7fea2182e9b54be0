#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Swift cannot use function-like macros, so what OpenSSL offers as such gets a door here.

static inline EVP_PKEY *tls_make_key(void) { return EVP_EC_gen("P-256"); }

static inline int tls_add_extension(X509 *certificate, X509 *issuer, int kind, const char *value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
  if (extension == NULL) return 0;
  int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return added;
}

// A certificate for `names` ("IP:127.0.0.1,DNS:…"), or of an authority when there are none; valid
// between two instants counted in seconds from now. Without an issuer it vouches for itself.
static inline X509 *tls_make_certificate(EVP_PKEY *key, const char *title, const char *names,
                                         X509 *issuer, EVP_PKEY *issuer_key, long from,
                                         long until) {
  X509 *certificate = X509_new();
  if (certificate == NULL) return NULL;
  X509 *signer = issuer == NULL ? certificate : issuer;
  X509_NAME *subject = X509_get_subject_name(certificate);
  int is_made =
      X509_set_version(certificate, 2) &&
      ASN1_INTEGER_set(X509_get_serialNumber(certificate), names == NULL ? 1 : 2) &&
      X509_gmtime_adj(X509_getm_notBefore(certificate), from) != NULL &&
      X509_gmtime_adj(X509_getm_notAfter(certificate), until) != NULL &&
      X509_set_pubkey(certificate, key) &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)title, -1,
                                 -1, 0) &&
      X509_set_issuer_name(certificate, X509_get_subject_name(signer)) &&
      (names == NULL
           ? tls_add_extension(certificate, signer, NID_basic_constraints, "critical,CA:TRUE")
           : tls_add_extension(certificate, signer, NID_subject_alt_name, names)) &&
      X509_sign(certificate, issuer_key == NULL ? key : issuer_key, EVP_sha256()) != 0;
  if (is_made) return certificate;
  X509_free(certificate);
  return NULL;
}

static inline int tls_write_certificate(X509 *certificate, const char *path) {
  BIO *file = BIO_new_file(path, "w");
  if (file == NULL) return 0;
  int is_written = PEM_write_bio_X509(file, certificate);
  BIO_free(file);
  return is_written;
}

static int tls_select_protocol(SSL *session, const unsigned char **chosen, unsigned char *length,
                               const unsigned char *offered, unsigned int offered_length,
                               void *context) {
  static const unsigned char known[] = "\x02h2\x08http/1.1";
  (void)session;
  (void)context;
  return SSL_select_next_proto((unsigned char **)chosen, length, known, sizeof known - 1, offered,
                               offered_length) == OPENSSL_NPN_NEGOTIATED
             ? SSL_TLSEXT_ERR_OK
             : SSL_TLSEXT_ERR_NOACK;
}

static inline void tls_offer_http2(SSL_CTX *context) {
  SSL_CTX_set_alpn_select_cb(context, tls_select_protocol, NULL);
}
