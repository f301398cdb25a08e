// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <string_view>

/// Keys made for these tests with `openssl genrsa`; they guard nothing.
namespace mtp::test::rsa_keys {

inline constexpr std::string_view private_pkcs1 =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIIEpQIBAAKCAQEA9RgUgg2S6fp1zkLq5t0hycWfqFQsiGOKOr7PefyCo5NKrIwp\n"
    "1XbyQKbKbWeTLnp2XCC7R3Vifv+0ZgLA5/LKaQVkSnFGH+X/pN5fVdb2uVIL6/sh\n"
    "Um0cWY+JlZVlWg2hprUS8qbZTcN4lJ06ek5mzUDn/OPVP/+XRlz3ChDaPnbjD3L4\n"
    "D3ViHLAlue5A7zMXpb6ePoju7ROLgxVsLmo7W/se6SRIOdpT/KNkUpL0H9jzRtTa\n"
    "eHSkpujKmzrGxsvzH3q/28XkjXfBtN3bNtUOkfYZgpzS5oH6jdGt9b5QWcyN8vI2\n"
    "9XZu2ADmIU1RUtTR2w09YYfNAL4WmMZdSZl9FQIDAQABAoIBAATRr2PxpMgPxUDQ\n"
    "yGueDd8FkSKvKdAyUAwUDZV/2IjwCXgKqki1nDfKaV25u224UxsNB051YwIz2hxm\n"
    "kdwKeXf59vaojLdt2OP1/cV86Sb/RpeIo/QWvyFa4cEPye/GWtchslJHfSuHqP3k\n"
    "q+5IG/XAzY7t/LBtQLbNqlg67DLULvKqQu1+QcXOCn4RxUJ96Y5dva1alydjnVlE\n"
    "Qa58Mimh1ElBQKwKjYoWGqOpI/hp+dtoEk2rnNkuVO9qup5OsCLQNsCM8ym1ehnr\n"
    "NCD21NVtsmr6qkXsbEAtCVNmzRV21NnHjBGXBaKGQC6Eh93k1rpIzr7ZJRskNyW1\n"
    "aU+3egECgYEA/tewvF/0fWpXtMDehTX7yDId2okqnhiAV1mHVBQfcVQPY1aDBedw\n"
    "nJUpZEwDXGsEQBBvq7gO4IVp59kIW0xI6uEY8pp+yHxpAATANzAkzPGbvDwfEGFm\n"
    "1s05JxgspVTlpZYMengE7k4VqrhDblYH1jZf6a9kROQX1S+uG7kDC5UCgYEA9jUO\n"
    "Fb/gZgP0VZ1YVvK3Hz1pr5WwEKA2jwQBm7/2qjL+OYyun7c18rfEtobIkEkLt1ki\n"
    "2KleeK3WMifIFlLMIeQeV4h1iPaWZzd3JlteFr4WSt0keCRWRH4a6RP6Yys4sfdX\n"
    "FchcoygomTnuwIi4MsSszfF+umWTPtfMmbT8S4ECgYEAqZUoc8I6tPZ+FLc/nE+X\n"
    "E9pdyV37sSbGyNm31zho0AZLEySvnc8sPdZ4q9h1aBuCwYrudMvPgpLlLbZb/D0g\n"
    "TMSr0E0Ezy8SxENlEZSE+KhSpQkw9rqKL6hzPtO0afS7uNvHw/t39IibnHZv0M2I\n"
    "+4BFhQEE7V8HiQLojmQoZZ0CgYEAuI/9BwDXTqIYPzW8SzGXZKu81gr3+P6g54Sx\n"
    "T/gPCHdBbBKxtLi6kECCDfHr131qcv82yAPu9bgaoW6A53sZ2y4OML/ym8F97dH+\n"
    "V5qWZaYJQAWWmRlkMeP2eFKpmD2GOqKXfZS9HPG1vWdYOqxCqIwWnisyPLh4MNvE\n"
    "XFT37AECgYEA6cfLWlaZcBEB9qsbGyu5LdbjBT93qvCbLQdH5mVjuPKgZyWaOmRZ\n"
    "KDOPRUnH5xDCZS+VtkxbJKw9GcmJzS40DFYGjn8uLylyqIPV1kPhBsCUdcFXCKdW\n"
    "R8TeMtOXxe6ZMRZouhtxnePLGpEPk+PXh8C2PKpEXwaVe5pm8z0tXYs=\n"
    "-----END RSA PRIVATE KEY-----\n";

inline constexpr std::string_view private_pkcs8 =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQD1GBSCDZLp+nXO\n"
    "Qurm3SHJxZ+oVCyIY4o6vs95/IKjk0qsjCnVdvJApsptZ5MuenZcILtHdWJ+/7Rm\n"
    "AsDn8sppBWRKcUYf5f+k3l9V1va5Ugvr+yFSbRxZj4mVlWVaDaGmtRLyptlNw3iU\n"
    "nTp6TmbNQOf849U//5dGXPcKENo+duMPcvgPdWIcsCW57kDvMxelvp4+iO7tE4uD\n"
    "FWwuajtb+x7pJEg52lP8o2RSkvQf2PNG1Np4dKSm6MqbOsbGy/Mfer/bxeSNd8G0\n"
    "3ds21Q6R9hmCnNLmgfqN0a31vlBZzI3y8jb1dm7YAOYhTVFS1NHbDT1hh80AvhaY\n"
    "xl1JmX0VAgMBAAECggEABNGvY/GkyA/FQNDIa54N3wWRIq8p0DJQDBQNlX/YiPAJ\n"
    "eAqqSLWcN8ppXbm7bbhTGw0HTnVjAjPaHGaR3Ap5d/n29qiMt23Y4/X9xXzpJv9G\n"
    "l4ij9Ba/IVrhwQ/J78Za1yGyUkd9K4eo/eSr7kgb9cDNju38sG1Ats2qWDrsMtQu\n"
    "8qpC7X5Bxc4KfhHFQn3pjl29rVqXJ2OdWURBrnwyKaHUSUFArAqNihYao6kj+Gn5\n"
    "22gSTauc2S5U72q6nk6wItA2wIzzKbV6Ges0IPbU1W2yavqqRexsQC0JU2bNFXbU\n"
    "2ceMEZcFooZALoSH3eTWukjOvtklGyQ3JbVpT7d6AQKBgQD+17C8X/R9ale0wN6F\n"
    "NfvIMh3aiSqeGIBXWYdUFB9xVA9jVoMF53CclSlkTANcawRAEG+ruA7ghWnn2Qhb\n"
    "TEjq4Rjymn7IfGkABMA3MCTM8Zu8PB8QYWbWzTknGCylVOWllgx6eATuThWquENu\n"
    "VgfWNl/pr2RE5BfVL64buQMLlQKBgQD2NQ4Vv+BmA/RVnVhW8rcfPWmvlbAQoDaP\n"
    "BAGbv/aqMv45jK6ftzXyt8S2hsiQSQu3WSLYqV54rdYyJ8gWUswh5B5XiHWI9pZn\n"
    "N3cmW14WvhZK3SR4JFZEfhrpE/pjKzix91cVyFyjKCiZOe7AiLgyxKzN8X66ZZM+\n"
    "18yZtPxLgQKBgQCplShzwjq09n4Utz+cT5cT2l3JXfuxJsbI2bfXOGjQBksTJK+d\n"
    "zyw91nir2HVoG4LBiu50y8+CkuUttlv8PSBMxKvQTQTPLxLEQ2URlIT4qFKlCTD2\n"
    "uoovqHM+07Rp9Lu428fD+3f0iJucdm/QzYj7gEWFAQTtXweJAuiOZChlnQKBgQC4\n"
    "j/0HANdOohg/NbxLMZdkq7zWCvf4/qDnhLFP+A8Id0FsErG0uLqQQIIN8evXfWpy\n"
    "/zbIA+71uBqhboDnexnbLg4wv/KbwX3t0f5XmpZlpglABZaZGWQx4/Z4UqmYPYY6\n"
    "opd9lL0c8bW9Z1g6rEKojBaeKzI8uHgw28RcVPfsAQKBgQDpx8taVplwEQH2qxsb\n"
    "K7kt1uMFP3eq8JstB0fmZWO48qBnJZo6ZFkoM49FScfnEMJlL5W2TFskrD0ZyYnN\n"
    "LjQMVgaOfy4vKXKog9XWQ+EGwJR1wVcIp1ZHxN4y05fF7pkxFmi6G3Gd48sakQ+T\n"
    "49eHwLY8qkRfBpV7mmbzPS1diw==\n"
    "-----END PRIVATE KEY-----\n";

inline constexpr std::string_view public_pkcs1 =
    "-----BEGIN RSA PUBLIC KEY-----\n"
    "MIIBCgKCAQEA9RgUgg2S6fp1zkLq5t0hycWfqFQsiGOKOr7PefyCo5NKrIwp1Xby\n"
    "QKbKbWeTLnp2XCC7R3Vifv+0ZgLA5/LKaQVkSnFGH+X/pN5fVdb2uVIL6/shUm0c\n"
    "WY+JlZVlWg2hprUS8qbZTcN4lJ06ek5mzUDn/OPVP/+XRlz3ChDaPnbjD3L4D3Vi\n"
    "HLAlue5A7zMXpb6ePoju7ROLgxVsLmo7W/se6SRIOdpT/KNkUpL0H9jzRtTaeHSk\n"
    "pujKmzrGxsvzH3q/28XkjXfBtN3bNtUOkfYZgpzS5oH6jdGt9b5QWcyN8vI29XZu\n"
    "2ADmIU1RUtTR2w09YYfNAL4WmMZdSZl9FQIDAQAB\n"
    "-----END RSA PUBLIC KEY-----\n";

inline constexpr std::string_view public_spki =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA9RgUgg2S6fp1zkLq5t0h\n"
    "ycWfqFQsiGOKOr7PefyCo5NKrIwp1XbyQKbKbWeTLnp2XCC7R3Vifv+0ZgLA5/LK\n"
    "aQVkSnFGH+X/pN5fVdb2uVIL6/shUm0cWY+JlZVlWg2hprUS8qbZTcN4lJ06ek5m\n"
    "zUDn/OPVP/+XRlz3ChDaPnbjD3L4D3ViHLAlue5A7zMXpb6ePoju7ROLgxVsLmo7\n"
    "W/se6SRIOdpT/KNkUpL0H9jzRtTaeHSkpujKmzrGxsvzH3q/28XkjXfBtN3bNtUO\n"
    "kfYZgpzS5oH6jdGt9b5QWcyN8vI29XZu2ADmIU1RUtTR2w09YYfNAL4WmMZdSZl9\n"
    "FQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view public_1024 =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCozkCCxH28FVTnG16zb03moZ8W\n"
    "XMD4Usz4uETNNAjqUEPOdgnKELR78XIEttD61OGVmmge9C/oJ46wccosXzF9lAI7\n"
    "kH18swW4dza5lQjUZUWNsNV88ompPD78BRbtWe38p9yrwbCJD1sllgA/C5dYS8wg\n"
    "OvB/a235xqAH1m8frwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

inline constexpr std::string_view elliptic =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIL9UJ9bmHdlZlQ+dMbNbDPDh/RXBCTHVqKepSKdWKMGwoAoGCCqGSM49\n"
    "AwEHoUQDQgAE9LSEMKEj6g9FicJiNCRrs1wbSt+KGQa4LAKXmruuUTIUAtQmx3Pl\n"
    "GdjdsFGDHJrqt3a7vDpFOTypk1JLo5AVcw==\n"
    "-----END EC PRIVATE KEY-----\n";

inline constexpr std::string_view private_encrypted =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI1+FlbuaBfDcCAggA\n"
    "MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBB+tCWPoMFhE/z6M3vihFqjBIIE\n"
    "0OIiPvli2zqhFQIQY6JKaqBdJiL2Hh6R2ZbQqvDn8akMMDCcbk04/TTjFul6V5np\n"
    "hdlIQEgj2XUB4XFmlbCbKScK4xin1Z+VT5OkDmlBfw3ztk/G7TE+POTrw6SC/IyC\n"
    "kQSeYS/SJryhIgHZpMGc6G8I7pdUq+0e2QVOkX+GbUVRBSslOuGesV5MWUqwJ8Su\n"
    "UWtF9htXNXIBgB4KgnPEwNHXHwIbFV4+TLU71D0TWHzrxuoOQtvp/IirWHgrMI5n\n"
    "bh9cm6dlVGGw2peFE06ygl2STxQQczxI7ZUiZ6wnqT0SzrjoT83wYqMNtEu/T6yH\n"
    "DyQTwsnQER0eR+LNCZlx+WJsoHFeb/fgffMXTiRUYPJsaCPzxEXu4IJy7T+cDLbH\n"
    "tYAGw0IFNlP2I74b9A4OyUWlHBII++rHR59CsgYYqrH0O9k6HFfpEpMiAJ7GHxvx\n"
    "FulzNli3Ngu+fuXpSwrCvHys5okvjBinFOguuVBu0PDdNvlyAhyIQuTGNOIBVrgn\n"
    "AHw/ua1g5lq2+9Cp+AcY4gbeg9yrBIW/GqcQkhJFwPdVW+atfzNOUNw1HWT28/1Z\n"
    "angtENB3ZgjV0oC51qIFA6fmoMERyFRpF3ySCyK//2XmSxZm9UZRT6vKgXXDs7Ca\n"
    "oXPaRl5LqzeZgSg3tNuNl+x8lOR5Lfle8eV0IADIzad0DddbGcNLlk3IEPLpYwSG\n"
    "riRolqTUT5Lkwpk8fZkEwa26XClGecC36ywOrZx2J1v6FXkp4Wxaf4Iz/xQAw892\n"
    "3iHCCc9LJpFpyrNoO18YaNwET4U+EXYByBZ7A+LGTI5TLM2L1wjjJx47u55+8gX/\n"
    "RmbJY+fQzD/Ean/h84JQODNaLUZciwtqlsiZ0GfUXtDVcNVjb46Uuzs6Lo9KsMmx\n"
    "rpvXqAoacLTzg1zM32dNfkx0hyo927rK91/rVaikljWmw+ZDSY4WF+jzvmTX5h6v\n"
    "34ePvj087QBC+O2vKjxUrpQ877Xq2DJ8jloEDRg2QAOp4MpJDM8GvY+V+cqH3XL4\n"
    "ukP+ajUdVVYVvmj0KRKgKbyYZ+AJmGRt8bHEc2ecEpbX7Vl1Lac35Us/nS+Hvpka\n"
    "+oELZbFPxVweHUVraJ3ul3I+dEl+El/VEuSxrmxv/FvnGcBio/w3SR5zpJTcfSEX\n"
    "4MEjSMS+fTN9JbChjhOfRjuonGhjUaJAZnEirMGBlEd5zseGcrD5DBFa6R684cK6\n"
    "NHt2hwTJkynH6VtNO+TLFgZ6yd0dd9w/lbNAqet49slrtMhlK1mQr5blr/9BGB3P\n"
    "Cp5/8EE1PYFrYWSoS2TLK/gma9YqIOLftviXz1XBZNkchZYTduFj7Vwhqyroxaj9\n"
    "FEAnfCbKE+AfhC1PKU59+2GUjluJsRwRLL7kA8qYY5sB5HU4wmVPnn/K+c/NXlxy\n"
    "xA/4OiYpXOSZzwnQ0V+1DpqpAYZUJlCwC/suQ6492AEmYamXT0H5UuS5t0T0qbIJ\n"
    "zAhSsoXj4mLBZydOL9zMhe3orJTOpE2AhkrcJIEtFefphHH++uWcTck6y3VmPvGp\n"
    "tgvZ+EUdF00E5pSV7c5pyRx2cRjyNX2CMnvMCOIoWpKJk5RbGDyGcLIvwIYtrJC6\n"
    "F5ja5REjhkk9koD+3BG+9p+ZMM/vvoMXxCR2dRKU/mw0\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

}  // namespace mtp::test::rsa_keys
