#include <array>

#include "live/muted/common.hpp"

namespace geili::live::muted {
namespace {

constexpr auto kWords = std::to_array<std::string_view>({
    "connard",
    "connards",
    "connasse",
    "connasses",
    "conard",
    "pute",
    "putes",
    "putain",
    "salope",
    "salopes",
    "salaud",
    "salauds",
    "enculé",
    "enculés",
    "enculer",
    "encule",
    "merde",
    "merdeux",
    "bordel de merde",
    "enfoiré",
    "enfoirés",
    "fils de pute",
    "fille de pute",
    "nique ta mère",
    "nique ta race",
    "niquer",
    "niquez",
    "ntm",
    "ta gueule",
    "ferme ta gueule",
    "vos gueules",
    "va te faire foutre",
    "va te faire voir",
    "foutre",
    "trou du cul",
    "trouduc",
    "abruti",
    "abrutie",
    "abrutis",
    "crétin",
    "crétine",
    "crétins",
    "débile mental",
    "imbécile",
    "imbéciles",
    "grosse vache",
    "pouffiasse",
    "poufiasse",
    "pétasse",
    "bougnoule",
    "bougnoules",
    "youpin",
    "bicot",
    "chinetoque",
    "gouine",
    "tarlouze",
    "suicide toi",
    "va mourir",
    "crève",
    "argent facile",
    "gagnez de l argent vite",
    "doublez votre argent",
    "placement garanti",
    "gains garantis",
    "prêt rapide sans justificatif",
    "bitcoin gratuit",
});

}  // namespace

std::span<const std::string_view> french() {
  return kWords;
}

}  // namespace geili::live::muted
