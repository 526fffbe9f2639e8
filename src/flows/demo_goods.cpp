#include "flows/demo_goods.hpp"

#include <array>

namespace geili::flows {
namespace {

constexpr std::array kPearls{
    DemoProduct{
        "necklace-classic", "Classic pearl necklace, 45 cm",
        "Round freshwater pearls of 7 to 8 mm, matched by eye and knotted one by one on silk.\n"
        "The clasp is silver. Aunt Lin strings two of these a day, so there are never many.",
        28'800, 12},
    DemoProduct{
        "necklace-lavender", "Lavender necklace, 42 cm",
        "The colour is the pearl's own: the mussels of the north bank make it, and nobody quite "
        "knows why. 6 to 7 mm, silver clasp.",
        39'800, 8},
    DemoProduct{
        "necklace-black", "Peacock-dark necklace, 45 cm",
        "Dark pearls of 8 to 9 mm with a green and rose shine, picked over three harvests to "
        "match.",
        128'000, 3},
    DemoProduct{"earrings-drop", "Drop earrings",
                "A single 8 mm drop on a silver hook. They weigh next to nothing.", 16'800, 30},
    DemoProduct{"earrings-stud", "Stud earrings, 6 mm",
                "Small, round and bright. For every day, and for ears that are newly pierced.",
                9'800, 60},
    DemoProduct{"bracelet-freshwater", "Freshwater bracelet",
                "Rice-shaped pearls on a stretching thread. Fits wrists of 15 to 19 cm.", 12'800,
                25},
    DemoProduct{
        "loose-pearls", "Loose pearls, 50 g",
        "For those who string their own: about 90 pearls of mixed white, rose and lavender, "
        "drilled.",
        5'800, 100},
};

constexpr std::array kStone{
    DemoProduct{
        "molcajete-classic", "Molcajete, 20 cm",
        "Cut by hand from one block of basalt, three legs, with its pestle. It comes cured: rinse "
        "it, and make salsa tonight.",
        85'000, 15},
    DemoProduct{"molcajete-pig", "Molcajete with a pig's head, 18 cm",
                "The old form from our street. The head is the handle.", 69'000, 9},
    DemoProduct{"molcajete-salsa", "Small molcajete for the table, 12 cm",
                "For serving salsa at the table, or for a kitchen with little room.", 39'000, 40},
    DemoProduct{
        "metate", "Metate with its mano",
        "A grinding stone for maize and cacao, 35 by 25 cm. It weighs 11 kg, and it will outlive "
        "us all.",
        145'000, 4},
};

}  // namespace

const DemoShop kDemoPearls{
    .banner = "pearl-lake",
    .name = "Pearl House",
    .village = "Pearl Village",
    .description =
        "Nine families at the lake who raise pearls and string them. You see us work every "
        "morning: ask for a pearl, and we hold it to the light.",
    .pickup = "Pearl House, 12 Lake Road, daily from 9:00 to 17:00",
    .currency = "CNY",
    .origin_country = "CN",
    .shipping_minor = 1'200,
    .shipping_step_minor = 600,
    .shipping_abroad_minor = 16'000,
    .shipping_free_minor = 50'000,
    .show_cover = "pearl-morning",
    .show_title = "Morning pearls from the lake",
    .products = kPearls,
};

const DemoShop kDemoStone{
    .banner = "guanajuato",
    .name = "Stone Street",
    .village = "Comonfort, Guanajuato",
    .description =
        "Tomás and his sisters carve basalt as their grandfather did. Every piece rings when "
        "you knock on it: that is how you know it is whole.",
    .pickup = "The workshop at the end of the street, Monday to Saturday, 8:00 to 14:00",
    .currency = "MXN",
    .origin_country = "MX",
    .shipping_minor = 9'000,
    .shipping_step_minor = 3'000,
    .shipping_abroad_minor = 45'000,
    .shipping_free_minor = 200'000,
    .show_cover = "stone-street",
    .show_title = "From the block to the bowl",
    .products = kStone,
};

}  // namespace geili::flows
